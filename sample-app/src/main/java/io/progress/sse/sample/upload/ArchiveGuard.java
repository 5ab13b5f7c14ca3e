package io.progress.sse.sample.upload;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;

/**
 * Refuses archives that would fill the disk or the memory of the reader. What an archive
 * says about its sizes is not believed: everything in it is unpacked, archives in
 * archives as well, and counted until a bound is exceeded. Nothing is kept of it. Knows
 * ZIP, whatever it is called, and gzip.
 */
final class ArchiveGuard {

	/** What unpacks to less is harmless, however well it was packed. */
	private static final long HARMLESS = 1_000_000;

	private static final int MAGIC = 4;

	private final UploadProperties.ArchiveProperties bounds;

	private final ProgressReporter progress;

	private final long packed;

	private final byte[] buffer = new byte[8192];

	private long unpacked;

	private int entries;

	private ArchiveGuard(UploadProperties.ArchiveProperties bounds, ProgressReporter progress, long packed) {
		this.bounds = bounds;
		this.progress = progress;
		this.packed = packed;
	}

	/**
	 * Looks into a file, if it is an archive.
	 * @throws ProgressException if it is to be refused
	 */
	static void check(Path file, UploadProperties.ArchiveProperties bounds, ProgressReporter progress)
			throws IOException {
		ArchiveGuard guard = new ArchiveGuard(bounds, progress, Files.size(file));
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			Kind kind = Kind.of(in);
			if (kind == Kind.ZIP) {
				guard.unzip(file);
			}
			else if (kind == Kind.GZIP) {
				guard.count(new GZIPInputStream(in), 1);
			}
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new ProgressException("unreadable-archive",
					"The archive is damaged or locked, and so cannot be looked into", ex);
		}
	}

	/**
	 * By its directory, as most tools do, which may name the same bytes many times.
	 */
	private void unzip(Path file) throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			Enumeration<? extends ZipEntry> each = zip.entries();
			while (each.hasMoreElements()) {
				countEntry();
				try (InputStream in = zip.getInputStream(each.nextElement())) {
					count(in, 1);
				}
			}
		}
	}

	private void count(InputStream content, int depth) throws IOException {
		InputStream in = new BufferedInputStream(new Counted(content));
		Kind kind = Kind.of(in);
		if (kind != Kind.OTHER && depth == this.bounds.maxDepth()) {
			throw refused("The archives in it are more than " + depth + " deep");
		}
		if (kind == Kind.ZIP) {
			ZipInputStream zip = new ZipInputStream(in);
			while (zip.getNextEntry() != null) {
				countEntry();
				count(zip, depth + 1);
			}
		}
		else if (kind == Kind.GZIP) {
			count(new GZIPInputStream(in), depth + 1);
		}
		// Also what follows the end of an archive.
		while (in.read(this.buffer) >= 0) {
			this.progress.checkCancelled();
		}
	}

	private void countEntry() {
		if (++this.entries > this.bounds.maxEntries()) {
			throw refused("The archive has more than " + this.bounds.maxEntries() + " entries");
		}
	}

	private void countBytes(int bytes) {
		this.unpacked += bytes;
		if (this.unpacked > this.bounds.maxSize().toBytes()) {
			throw refused("The archive unpacks to more than " + this.bounds.maxSize().toMegabytes() + " MB");
		}
		if (this.unpacked > HARMLESS && this.unpacked / this.bounds.maxRatio() > this.packed) {
			throw refused("The archive unpacks to more than " + this.bounds.maxRatio() + " times its size");
		}
	}

	private static ProgressException refused(String reason) {
		return new ProgressException("archive-bomb", reason);
	}

	private final class Counted extends InputStream {

		private final InputStream in;

		Counted(InputStream in) {
			this.in = in;
		}

		@Override
		public int read() throws IOException {
			int read = this.in.read();
			if (read >= 0) {
				countBytes(1);
			}
			return read;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = this.in.read(bytes, offset, length);
			if (read > 0) {
				countBytes(read);
			}
			return read;
		}

	}

	private enum Kind {

		ZIP, GZIP, OTHER;

		/**
		 * Looks at the first bytes, and leaves them for the next reader.
		 */
		static Kind of(InputStream in) throws IOException {
			in.mark(MAGIC);
			byte[] magic = in.readNBytes(MAGIC);
			in.reset();
			if (magic.length == MAGIC && magic[0] == 'P' && magic[1] == 'K' && magic[2] < 9 && magic[3] < 9) {
				return ZIP;
			}
			return (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) ? GZIP : OTHER;
		}

	}

}
