package io.progress.sse.sample.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.Phase;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.sample.files.Download;
import io.progress.sse.sample.files.TemporaryFolder;
import io.progress.sse.sample.files.Upload;

import org.springframework.stereotype.Service;

/**
 * Uploads that are being processed.
 */
@Service
class UploadJobs {

	private static final Phase[] PLAN = { Phase.of("scanning", 30), Phase.of("transcoding", 50),
			Phase.of("storing", 20) };

	private final ProgressTracker tracker;

	private final Scanner scanner;

	private final Transcoder transcoder;

	private final UploadStore store;

	private final TemporaryFolder folder;

	UploadJobs(ProgressTracker tracker, Scanner scanner, Transcoder transcoder, UploadStore store,
			TemporaryFolder folder) {
		this.tracker = tracker;
		this.scanner = scanner;
		this.transcoder = transcoder;
		this.store = store;
		this.folder = folder;
	}

	/**
	 * Starts a job, which deletes the upload in the end.
	 */
	JobHandle start(Upload upload) {
		JobHandle job = this.tracker.start(JobSpec.named("upload"), (progress) -> process(upload, progress));
		job.ended().thenRun(upload::delete);
		return job;
	}

	private Download process(Upload upload, ProgressReporter progress) throws IOException {
		progress.plan(PLAN);
		progress.phase("scanning");
		Scanned scanned = this.scanner.scan(upload.file(), progress);
		progress.result("media_type", scanned.mediaType());
		progress.result("sha256", scanned.sha256());
		Path transcoded = this.folder.newFile(".transcoded");
		try {
			progress.phase("transcoding");
			Transcoder.Form form = this.transcoder.transcode(upload, scanned, transcoded, progress);
			progress.phase("storing");
			Download download = this.store.store(transcoded, form, progress);
			progress.result("download_url", download.url());
			return download;
		}
		finally {
			Files.deleteIfExists(transcoded);
		}
	}

}
