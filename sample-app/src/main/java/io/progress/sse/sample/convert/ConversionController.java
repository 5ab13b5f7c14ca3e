package io.progress.sse.sample.convert;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.progress.sse.sample.files.Uploads;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Takes pictures in, and hands converted ones out.
 */
@RestController
@RequestMapping("/api/v1")
class ConversionController {

	private final Uploads uploads;

	private final Conversions conversions;

	private final Downloads downloads;

	ConversionController(Uploads uploads, Conversions conversions, Downloads downloads) {
		this.uploads = uploads;
		this.conversions = conversions;
		this.downloads = downloads;
	}

	@PostMapping("/convert")
	Mono<ResponseEntity<Map<String, String>>> convert(@RequestPart("file") List<Part> files,
			@RequestPart("format") String format,
			@RequestPart(name = "width", required = false) @Nullable String width) {
		Conversion conversion = Conversion.parse(format, width);
		return this.uploads.receive(files, (uploads) -> this.conversions.start(uploads, conversion))
			.map((job) -> accepted(job.id().value()));
	}

	@GetMapping("/downloads/{id}")
	ResponseEntity<Resource> download(@PathVariable String id) {
		Download download = this.downloads.find(id)
			.orElseThrow(
					() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such download (any more)"));
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType(download.mediaType()))
			.header(HttpHeaders.CONTENT_DISPOSITION, attachment(download.name()))
			.body(new FileSystemResource(download.file()));
	}

	private static ResponseEntity<Map<String, String>> accepted(String id) {
		return ResponseEntity.accepted().location(URI.create("/progress/jobs/" + id)).body(Map.of("conversion_id", id));
	}

	private static String attachment(String name) {
		return ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString();
	}

}
