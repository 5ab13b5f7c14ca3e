package io.progress.sse.sample.files;

import java.nio.charset.StandardCharsets;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Hands out what was made.
 */
@RestController
class DownloadController {

	private final Downloads downloads;

	DownloadController(Downloads downloads) {
		this.downloads = downloads;
	}

	@GetMapping("/api/v1/downloads/{id}")
	ResponseEntity<Resource> download(@PathVariable String id) {
		Download download = this.downloads.find(id)
			.orElseThrow(
					() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such download (any more)"));
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType(download.mediaType()))
			.header(HttpHeaders.CONTENT_DISPOSITION, attachment(download.name()))
			.body(new FileSystemResource(download.file()));
	}

	private static String attachment(String name) {
		return ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString();
	}

}
