package io.progress.sse.sample.files;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

import io.progress.sse.sample.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Downloads}.
 */
class DownloadsTests {

	private Instant now = Instant.EPOCH;

	private final Downloads downloads = new Downloads(new DownloadProperties(2, Duration.ofMinutes(30)),
			((InstantSource) () -> this.now).withZone(ZoneOffset.UTC));

	@TempDir
	Path folder;

	@Test
	void keepTheNewest() {
		Download first = add("first");
		Download second = add("second");
		Download third = add("third");
		assertThat(this.downloads.find(first.id())).isEmpty();
		assertThat(this.downloads.find(second.id())).contains(second);
		assertThat(this.downloads.find(third.id())).contains(third);
		assertThat(this.folder).isDirectoryNotContaining((file) -> file.equals(first.file()));
	}

	@Test
	void areForgottenAfterAWhile() {
		Download download = add("picture");
		this.now = this.now.plus(Duration.ofMinutes(30));
		this.downloads.removeSurplus();
		assertThat(this.downloads.find(download.id())).contains(download);

		this.now = this.now.plusMillis(1);
		this.downloads.removeSurplus();
		assertThat(this.downloads.find(download.id())).isEmpty();
		assertThat(this.folder).isEmptyDirectory();
	}

	private Download add(String name) {
		Path file = Pictures.save(new byte[1], this.folder.resolve(name));
		return this.downloads.add(file, name + ".png", "image/png");
	}

}
