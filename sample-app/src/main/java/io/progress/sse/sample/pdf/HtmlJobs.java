package io.progress.sse.sample.pdf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.progress.sse.BatchProgress;
import io.progress.sse.JobHandle;
import io.progress.sse.Phase;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.sample.files.Download;
import io.progress.sse.sample.files.TemporaryFolder;
import io.progress.sse.sample.pdf.HtmlRenderer.Rendering;
import org.w3c.dom.Document;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Service;

/**
 * HTML that is being made into PDFs.
 */
@Service
class HtmlJobs {

	private final PdfWorkers workers;

	private final HtmlRenderer renderer;

	private final TemporaryFolder folder;

	private final PdfStore store;

	HtmlJobs(PdfWorkers workers, HtmlRenderer renderer, TemporaryFolder folder, PdfStore store) {
		this.workers = workers;
		this.renderer = renderer;
		this.folder = folder;
		this.store = store;
	}

	JobHandle generate(HtmlSource source) {
		return this.workers.start("pdf", (progress) -> {
			Map<String, Object> document = generate(source, "", "document.pdf", progress);
			document.forEach(progress::result);
			return document;
		});
	}

	/**
	 * One document after the other. One that fails is named in the end, and does not keep
	 * the others from their turn.
	 */
	JobHandle generateAll(List<HtmlSource> sources) {
		return this.workers.start("pdf-batch", (progress) -> {
			BatchProgress batch = progress.batch(sources.size());
			List<Map<String, Object>> documents = new ArrayList<>();
			for (int number = 1; number <= sources.size(); number++) {
				generateOne(sources.get(number - 1), number, batch, documents, progress);
			}
			progress.result("documents", documents);
			return documents;
		});
	}

	private void generateOne(HtmlSource source, int number, BatchProgress batch, List<Map<String, Object>> documents,
			ProgressReporter progress) throws Exception {
		String title = "document " + number;
		ProgressReporter part = progress.split(0);
		try {
			Map<String, Object> document = generate(source, title + ", ", "document-" + number + ".pdf", part);
			documents.add(Map.of("item", number, "download_url", document.get("download_url")));
			batch.succeeded();
		}
		catch (ProgressException ex) {
			batch.failed(title, String.valueOf(ex.getMessage()));
		}
		finally {
			part.close();
		}
	}

	private Map<String, Object> generate(HtmlSource source, String title, String name, ProgressReporter progress)
			throws Exception {
		progress.plan(Phase.of("preprocessing", 0.05), Phase.of("rendering", 1), Phase.of("postprocess", 0.2),
				Phase.of("uploading", 0.1));
		Path file = this.folder.newFile(".pdf");
		try {
			progress.message(title + "reading");
			progress.phase("preprocessing");
			Document document = this.renderer.preprocess(source);
			progress.message(title + "laying out");
			progress.phase("rendering");
			Rendering rendering = this.workers.limited(() -> this.renderer.render(document, file, title, progress));
			progress.message(title + "marking pages");
			progress.phase("postprocess");
			PageMarks.write(file, source.options(), progress);
			progress.message(title + "storing");
			progress.phase("uploading");
			Download download = this.store.upload(file, name, MediaType.APPLICATION_PDF, progress);
			return Map.of("download_url", download.url(), "pages", rendering.pages(), "bytes", Files.size(file),
					"blocked_resources", rendering.refused());
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

}
