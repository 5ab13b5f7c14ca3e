package io.progress.sse.sample.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ArchiveGuard}.
 */
class ArchiveGuardTests {

	private static final UploadProperties.ArchiveProperties BOUNDS = new UploadProperties.ArchiveProperties(100,
			DataSize.ofMegabytes(4), 10, 3);

	@TempDir
	Path folder;

	@Test
	void letsHarmlessFilesPass() {
		accepts("hello".getBytes(StandardCharsets.UTF_8));
		accepts(new byte[0]);
		accepts(new byte[] { 'P' });
		accepts(zip(1, noise(1000)));
		accepts(zip(10, noise(1000)));
		accepts(gzip(noise(1000)));
		accepts(zip(1, zip(1, gzip(noise(1000)))));
		accepts(zip(0, noise(0)));
	}

	@Test
	void letsSmallFilesBePackedWell() {
		accepts(zip(1, new byte[900_000]));
	}

	@Test
	void refusesWhatUnpacksToManyTimesItsSize() {
		refuses(zip(1, new byte[2_000_000]), "The archive unpacks to more than 100 times its size");
		refuses(gzip(new byte[2_000_000]), "The archive unpacks to more than 100 times its size");
	}

	@Test
	void refusesWhatUnpacksToTooMuch() {
		refuses(zip(5, noise(1 << 20)), "The archive unpacks to more than 4 MB");
	}

	@Test
	void refusesTooManyEntries() {
		refuses(zip(11, noise(1)), "The archive has more than 10 entries");
		refuses(zip(6, zip(1, noise(1))), "The archive has more than 10 entries");
	}

	@Test
	void refusesArchivesTooDeepInEachOther() {
		refuses(zip(1, zip(1, zip(1, zip(1, noise(1))))), "The archives in it are more than 3 deep");
		refuses(gzip(gzip(gzip(gzip(noise(1))))), "The archives in it are more than 3 deep");
	}

	@Test
	void findsABombInAnArchiveInAnArchive() {
		refuses(zip(1, gzip(zip(1, new byte[2_000_000]))), "The archive unpacks to more than 100 times its size");
	}

	@Test
	void findsFilesThatAreHiddenAfterAnArchive() {
		byte[] inner = zip(1, noise(10));
		refuses(zip(1, Arrays.copyOf(inner, 2_000_000)), "The archive unpacks to more than 100 times its size");
	}

	@Test
	void doesNotBelieveWhatAnArchiveSaysAboutItsSizes() {
		byte[] liar = zip(1, new byte[2_000_000]);
		overwriteSizes(liar, 10);
		refuses(liar, "The archive unpacks to more than 100 times its size");
	}

	@Test
	void refusesWhatItCannotLookInto() {
		byte[] zip = zip(1, noise(1000));
		refuses(Arrays.copyOf(zip, 500), "The archive is damaged or locked, and so cannot be looked into");
		refuses(Arrays.copyOf(gzip(noise(1000)), 500),
				"The archive is damaged or locked, and so cannot be looked into");
		byte[] locked = zip(1, zip.clone());
		locked[6] |= 1;
		refuses(zip(1, locked), "The archive is damaged or locked, and so cannot be looked into");
	}

	private void accepts(byte[] content) {
		assertThatCode(() -> check(content)).doesNotThrowAnyException();
	}

	private void refuses(byte[] content, String message) {
		assertThatExceptionOfType(ProgressException.class).isThrownBy(() -> check(content)).withMessage(message);
	}

	private void check(byte[] content) throws IOException {
		Path file = Files.write(this.folder.resolve("upload"), content);
		ArchiveGuard.check(file, BOUNDS, ProgressReporter.noop());
	}

	private static byte[] zip(int entries, byte[] content) {
		return packed((out) -> {
			try (ZipOutputStream zip = new ZipOutputStream(out)) {
				for (int i = 0; i < entries; i++) {
					zip.putNextEntry(new ZipEntry("entry-" + i));
					zip.write(content);
				}
			}
		});
	}

	private static byte[] gzip(byte[] content) {
		return packed((out) -> {
			try (OutputStream gzip = new GZIPOutputStream(out)) {
				gzip.write(content);
			}
		});
	}

	private static byte[] noise(int length) {
		byte[] noise = new byte[length];
		new Random(42).nextBytes(noise);
		return noise;
	}

	/** Sizes in the directory, which is where tools look. */
	private static void overwriteSizes(byte[] zip, int size) {
		for (int i = zip.length - 46; i >= 0; i--) {
			if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
				zip[i + 24] = (byte) size;
				Arrays.fill(zip, i + 25, i + 28, (byte) 0);
				return;
			}
		}
	}

	private static byte[] packed(Packing packing) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			packing.into(out);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		return out.toByteArray();
	}

	@FunctionalInterface
	private interface Packing {

		void into(OutputStream out) throws IOException;

	}

}
