package io.progress.sse.sample.pdf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.progress.sse.JobHandle;
import io.progress.sse.Phase;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTask;
import io.progress.sse.sample.files.Download;
import io.progress.sse.sample.files.TemporaryFolder;
import io.progress.sse.sample.files.Upload;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Service;

/**
 * PDFs that are being merged, read, compressed or painted. A job deletes the files that
 * it was given when it ends.
 */
@Service
class FileJobs {

	private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

	private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

	private final PdfWorkers workers;

	private final PdfTools tools;

	private final TemporaryFolder folder;

	private final PdfStore store;

	private final PdfProperties bounds;

	FileJobs(PdfWorkers workers, PdfTools tools, TemporaryFolder folder, PdfStore store, PdfProperties bounds) {
		this.workers = workers;
		this.tools = tools;
		this.folder = folder;
		this.store = store;
		this.bounds = bounds;
	}

	JobHandle merge(List<Upload> uploads) {
		return start("pdf-merge", uploads, (progress) -> {
			int pages = check(uploads, "merging", progress);
			return finish("merged.pdf", MediaType.APPLICATION_PDF, progress, (file) -> {
				this.tools.merge(uploads, file, progress);
				progress.result("pages", pages);
			});
		});
	}

	JobHandle extractText(List<Upload> uploads) {
		return start("pdf-text", uploads, (progress) -> {
			checkPages(uploads, "extracting", progress);
			return finish(uploads.get(0).nameWith("txt"), TEXT, progress, (file) -> {
				progress.result("characters", this.tools.extractText(uploads, file, progress));
			});
		});
	}

	JobHandle compress(Upload upload) {
		return start("pdf-compress", List.of(upload), (progress) -> {
			checkPages(List.of(upload), "compressing", progress);
			return finish(upload.nameWith("pdf"), MediaType.APPLICATION_PDF, progress, (file) -> {
				PdfCompressor.compress(upload, file, this.bounds, progress);
				progress.result("original_bytes", Files.size(upload.file()));
			});
		});
	}

	/** One page becomes a picture, several become a ZIP of pictures. */
	JobHandle toImage(Upload upload, PictureOptions options) {
		return start("pdf-image", List.of(upload), (progress) -> {
			boolean alone = checkPages(List.of(upload), "painting", progress) == 1;
			String name = upload.nameWith(alone ? options.format().extension() : "zip");
			return finish(name, alone ? options.format().mediaType() : ZIP, progress,
					(file) -> PagePainter.paint(upload, file, options, this.bounds, progress));
		});
	}

	private JobHandle start(String name, List<Upload> uploads, ProgressTask<?> task) {
		JobHandle job = this.workers.start(name, task);
		job.ended().thenRun(() -> uploads.forEach(Upload::delete));
		return job;
	}

	/** For what goes on page by page. */
	private int checkPages(List<Upload> uploads, String next, ProgressReporter progress) throws Exception {
		int pages = check(uploads, next, progress);
		progress.unit("pages");
		progress.total(pages);
		progress.result("pages", pages);
		return pages;
	}

	private int check(List<Upload> uploads, String next, ProgressReporter progress) throws Exception {
		progress.plan(Phase.of("preprocessing", 0.2), Phase.of(next, 1), Phase.of("uploading", 0.1));
		progress.phase("preprocessing");
		int pages = this.workers.limited(() -> this.tools.check(uploads, progress));
		progress.phase(next);
		return pages;
	}

	private Download finish(String name, MediaType type, ProgressReporter progress, Work work) throws Exception {
		Path file = this.folder.newFile(".result");
		try {
			this.workers.limited(() -> {
				work.writeTo(file);
				return file;
			});
			progress.phase("uploading");
			Download stored = this.store.upload(file, name, type, progress);
			progress.result("download_url", stored.url());
			progress.result("bytes", Files.size(file));
			return stored;
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

	@FunctionalInterface
	private interface Work {

		void writeTo(Path file) throws Exception;

	}

}
