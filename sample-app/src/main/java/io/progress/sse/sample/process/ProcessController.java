package io.progress.sse.sample.process;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.progress.sse.web.controller.StreamingJobs;

/**
 * Starts the work when a client connects, and goes on with it when it comes back.
 */
@RestController
class ProcessController {

	private final StreamingJobs jobs;

	private final Analyses analyses;

	ProcessController(StreamingJobs jobs, Analyses analyses) {
		this.jobs = jobs;
		this.analyses = analyses;
	}

	@GetMapping(path = "/api/v1/process/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> process(@RequestParam(defaultValue = "/site/index.html") String site,
			@RequestParam(defaultValue = "4") int clusters, ServerWebExchange exchange) {
		AnalysisRequest request = new AnalysisRequest(site, clusters);
		return this.jobs.startOrResume(exchange, () -> this.analyses.start(request), "status");
	}

}
