package io.progress.sse.sample.pdf;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.progress.sse.JobHandle;
import io.progress.sse.sample.files.Upload;
import io.progress.sse.sample.files.Uploads;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Takes HTML and PDFs in. The streams of the jobs are a route in the application's
 * configuration.
 */
@RestController
@RequestMapping("/api/pdf")
class PdfController {

	private final HtmlJobs htmlJobs;

	private final FileJobs fileJobs;

	private final Uploads uploads;

	private final PdfProperties bounds;

	PdfController(HtmlJobs htmlJobs, FileJobs fileJobs, Uploads uploads, PdfProperties bounds) {
		this.htmlJobs = htmlJobs;
		this.fileJobs = fileJobs;
		this.uploads = uploads;
		this.bounds = bounds;
	}

	@PostMapping("/generate-from-html")
	Mono<ResponseEntity<Map<String, String>>> generate(@RequestBody Map<String, @Nullable Object> body) {
		HtmlSource source = HtmlSource.parse(new JsonFields(body), this.bounds.maxHtml());
		return start(() -> this.htmlJobs.generate(source)).map((job) -> accepted("job_id", job));
	}

	@PostMapping("/batch")
	Mono<ResponseEntity<Map<String, String>>> generateAll(@RequestBody Map<String, @Nullable Object> body) {
		List<HtmlSource> sources = HtmlSource.parseAll(new JsonFields(body), this.bounds);
		return start(() -> this.htmlJobs.generateAll(sources)).map((job) -> accepted("batch_id", job));
	}

	@PostMapping("/merge")
	Mono<ResponseEntity<Map<String, String>>> merge(@RequestPart("file") List<Part> files) {
		if (files.size() < 2) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"'file' must be given twice at least, but is not");
		}
		return this.uploads.receive(files, (uploads) -> this.fileJobs.merge(checked(uploads)))
			.map((job) -> accepted("job_id", job));
	}

	@PostMapping("/extract-text")
	Mono<ResponseEntity<Map<String, String>>> extractText(@RequestPart("file") List<Part> files) {
		return this.uploads.receive(files, (uploads) -> this.fileJobs.extractText(checked(uploads)))
			.map((job) -> accepted("job_id", job));
	}

	@PostMapping("/compress")
	Mono<ResponseEntity<Map<String, String>>> compress(@RequestPart("file") List<Part> files) {
		return this.uploads.receive(alone(files), (uploads) -> this.fileJobs.compress(checked(uploads).get(0)))
			.map((job) -> accepted("job_id", job));
	}

	@PostMapping("/to-image")
	Mono<ResponseEntity<Map<String, String>>> toImage(@RequestPart("file") List<Part> files,
			@RequestPart(name = "format", required = false) @Nullable String format,
			@RequestPart(name = "dpi", required = false) @Nullable String dpi) {
		PictureOptions options = PictureOptions.parse(format, dpi);
		return this.uploads.receive(alone(files), (uploads) -> this.fileJobs.toImage(checked(uploads).get(0), options))
			.map((job) -> accepted("job_id", job));
	}

	private static List<Part> alone(List<Part> files) {
		if (files.size() != 1) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"'file' must be given once, but is given %d times".formatted(files.size()));
		}
		return files;
	}

	/** On a thread that may wait for the store to confirm an id that the client chose. */
	private static Mono<JobHandle> start(Callable<JobHandle> job) {
		return Mono.fromCallable(job).subscribeOn(Schedulers.boundedElastic());
	}

	private static List<Upload> checked(List<Upload> uploads) throws IOException {
		for (Upload upload : uploads) {
			if (!SourcePdf.looksLikeOne(upload)) {
				throw new ResponseStatusException(HttpStatus.UNSUPPORTED_MEDIA_TYPE,
						"'file' must be a PDF, but '" + upload.name() + "' is not");
			}
		}
		return uploads;
	}

	private static ResponseEntity<Map<String, String>> accepted(String idField, JobHandle job) {
		String id = job.id().value();
		return ResponseEntity.accepted()
			.location(URI.create("/progress/jobs/" + id))
			.body(Map.of(idField, id, "events", "/api/pdf/jobs/" + id + "/events"));
	}

}
