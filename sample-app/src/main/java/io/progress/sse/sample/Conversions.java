package io.progress.sse.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;

import org.springframework.stereotype.Service;

/**
 * Pictures that are being converted.
 */
@Service
class Conversions {

	private final ProgressTracker tracker;

	private final ImageConverter converter;

	private final TemporaryFolder folder;

	private final Downloads downloads;

	Conversions(ProgressTracker tracker, ImageConverter converter, TemporaryFolder folder, Downloads downloads) {
		this.tracker = tracker;
		this.converter = converter;
		this.folder = folder;
		this.downloads = downloads;
	}

	JobHandle start(Upload upload, Conversion conversion) {
		return this.tracker.start(JobSpec.named("image-conversion"),
				(progress) -> convert(upload, conversion, progress));
	}

	private Download convert(Upload upload, Conversion conversion, ProgressReporter progress) throws IOException {
		Path target = this.folder.newFile(".converted");
		try {
			this.converter.convert(upload.file(), target, conversion, progress);
			progress.result("bytes", Files.size(target));
			Download download = this.downloads.add(target, upload.nameIn(conversion.format()), conversion.format());
			progress.result("download_url", download.url());
			return download;
		}
		catch (Throwable ex) {
			target.toFile().delete();
			throw ex;
		}
		finally {
			upload.delete();
		}
	}

}
