package io.progress.sse.sample.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.progress.sse.BatchProgress;
import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.sample.files.Download;
import io.progress.sse.sample.files.Downloads;
import io.progress.sse.sample.files.TemporaryFolder;
import io.progress.sse.sample.files.Upload;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;

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

	/**
	 * Starts a job, which deletes the uploads in the end. A file that comes alone must be
	 * a picture; of several, those that cannot be converted are named in the end, and do
	 * not keep the others from their turn.
	 */
	JobHandle start(List<Upload> uploads, Conversion conversion) throws IOException {
		if (uploads.size() == 1) {
			check(uploads.get(0));
		}
		JobHandle job = (uploads.size() == 1)
				? this.tracker.start(JobSpec.named("image-conversion"),
						(progress) -> convertAlone(uploads.get(0), conversion, progress))
				: this.tracker.start(JobSpec.named("image-conversion-batch"),
						(progress) -> convertAll(uploads, conversion, progress));
		job.ended().thenRun(() -> uploads.forEach(Upload::delete));
		return job;
	}

	private static void check(Upload upload) throws IOException {
		try {
			SourceImage.open(upload.file()).close();
		}
		catch (ProgressException ex) {
			throw new ResponseStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, ex.getMessage(), ex);
		}
	}

	private Download convertAlone(Upload upload, Conversion conversion, ProgressReporter progress) throws IOException {
		Download download = convert(upload, conversion, progress);
		progress.result("bytes", Files.size(download.file()));
		progress.result("download_url", download.url());
		return download;
	}

	private List<Map<String, String>> convertAll(List<Upload> uploads, Conversion conversion,
			ProgressReporter progress) {
		progress.phase("converting");
		progress.unit("pictures");
		BatchProgress batch = progress.batch(uploads.size());
		List<Map<String, String>> downloads = new ArrayList<>();
		for (Upload upload : uploads) {
			convertOne(upload, conversion, progress.split(0, upload.name()), batch)
				.ifPresent((download) -> downloads.add(Map.of("file", upload.name(), "download_url", download.url())));
		}
		progress.result("downloads", downloads);
		return downloads;
	}

	private Optional<Download> convertOne(Upload upload, Conversion conversion, ProgressReporter progress,
			BatchProgress batch) {
		try {
			Download download = convert(upload, conversion, progress);
			batch.succeeded();
			return Optional.of(download);
		}
		catch (ProgressException ex) {
			batch.failed(upload.name(), String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			batch.failed(upload.name(), "The picture could not be converted");
		}
		finally {
			progress.close();
		}
		return Optional.empty();
	}

	private Download convert(Upload upload, Conversion conversion, ProgressReporter progress) throws IOException {
		Path target = this.folder.newFile(".converted");
		try {
			this.converter.convert(upload.file(), target, conversion, progress);
			return this.downloads.add(target, upload.nameWith(conversion.format().extension()),
					conversion.format().mediaType());
		}
		catch (Throwable ex) {
			target.toFile().delete();
			throw ex;
		}
	}

}
