package io.progress.sse.sample;

import java.util.Map;

import io.progress.sse.JobHandle;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * What a visitor is told who has started a job: its id, and where to watch it.
 */
final class Accepted {

	private Accepted() {
	}

	static ResponseEntity<Map<String, String>> job(JobHandle job, String idField) {
		return ResponseEntity.accepted()
			.header(HttpHeaders.LOCATION, "/progress/jobs/" + job.id() + "/events")
			.header("X-Job-Id", job.id().value())
			.body(Map.of(idField, job.id().value()));
	}

}
