package io.progress.sse.sample.convert;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.progress.sse.sample.files.Uploads;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes pictures in.
 */
@RestController
@RequestMapping("/api/v1")
class ConversionController {

	private final Uploads uploads;

	private final Conversions conversions;

	ConversionController(Uploads uploads, Conversions conversions) {
		this.uploads = uploads;
		this.conversions = conversions;
	}

	@PostMapping(path = "/convert", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	Mono<ResponseEntity<Map<String, String>>> convert(@RequestPart("file") List<Part> files,
			@RequestPart("format") String format,
			@RequestPart(name = "width", required = false) @Nullable String width) {
		Conversion conversion = Conversion.parse(format, width);
		return this.uploads.receive(files, (uploads) -> this.conversions.start(uploads, conversion))
			.map((job) -> accepted(job.id().value()));
	}

	private static ResponseEntity<Map<String, String>> accepted(String id) {
		return ResponseEntity.accepted().location(URI.create("/progress/jobs/" + id)).body(Map.of("conversion_id", id));
	}

}
