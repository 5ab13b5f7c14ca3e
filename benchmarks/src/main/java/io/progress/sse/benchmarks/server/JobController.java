package io.progress.sse.benchmarks.server;

import java.time.Duration;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Streams with replay, resumption by {@code Last-Event-ID}, a bounded buffer for a slow
 * viewer, a heartbeat, and an end after the job's.
 */
@RestController
class JobController {

	private final JobSinks jobs;

	private final Flux<ServerSentEvent<Object>> heartbeat = Flux.interval(Duration.ofSeconds(15))
		.onBackpressureDrop()
		.map((n) -> ServerSentEvent.builder().comment("").build())
		.share();

	JobController(JobSinks jobs) {
		this.jobs = jobs;
	}

	@GetMapping(path = "/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> events(@PathVariable String id,
			@RequestHeader(name = "Last-Event-ID", defaultValue = "0") long after) {
		Sinks.Many<ServerSentEvent<Object>> job = this.jobs.find(id);
		if (job == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		Flux<ServerSentEvent<Object>> events = job.asFlux()
			.filter((event) -> Long.parseLong(event.id()) > after)
			.onBackpressureBuffer(JobSinks.REPLAYED, BufferOverflowStrategy.DROP_OLDEST);
		return Flux.merge(events, this.heartbeat.onBackpressureDrop()).takeUntil(JobSinks::isLast);
	}

}
