package io.progress.sse.sample.upload;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import io.progress.sse.JobHandle;
import io.progress.sse.sample.files.Upload;
import io.progress.sse.sample.files.Uploads;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Takes files in.
 */
@RestController
class UploadController {

	private final Uploads uploads;

	private final UploadJobs jobs;

	UploadController(Uploads uploads, UploadJobs jobs) {
		this.uploads = uploads;
		this.jobs = jobs;
	}

	@PostMapping(path = "/api/jobs", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	Mono<ResponseEntity<Map<String, String>>> upload(@RequestPart("file") List<Part> files) {
		if (files.size() > 1) {
			throw invalid("'file' must be one file, but there are " + files.size());
		}
		return this.uploads.receive(files, (uploads) -> start(uploads.get(0))).map((job) -> accepted(job.id().value()));
	}

	private JobHandle start(Upload upload) throws IOException {
		if (Files.size(upload.file()) == 0) {
			throw invalid("'file' must not be empty");
		}
		return this.jobs.start(upload);
	}

	private static ResponseEntity<Map<String, String>> accepted(String id) {
		return ResponseEntity.accepted().location(URI.create("/api/jobs/" + id)).body(Map.of("jobId", id));
	}

	private static ResponseStatusException invalid(String reason) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
	}

}
