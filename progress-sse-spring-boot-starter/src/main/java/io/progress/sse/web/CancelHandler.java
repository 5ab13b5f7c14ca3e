package io.progress.sse.web;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.store.EventPage;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.access.JobAccessPolicy;

/**
 * Answers requests to stop a job. A bean of this type, most simply a subclass, replaces
 * the default.
 */
public class CancelHandler {

	private final EventStreams feeds;

	private final ProgressTracker tracker;

	private final JobAccess access;

	/**
	 * Creates the handler.
	 * @param feeds finds the jobs
	 * @param tracker asks jobs to stop
	 * @param access decides who may stop a job
	 */
	public CancelHandler(EventStreams feeds, ProgressTracker tracker, JobAccess access) {
		this.feeds = feeds;
		this.tracker = tracker;
		this.access = access;
	}

	/**
	 * Asks a job to stop.
	 * @param request the request
	 * @param job the job
	 * @return the response
	 */
	public Mono<ServerResponse> cancel(ServerRequest request, JobId job) {
		return this.access.caller(request.exchange())
			.flatMap((caller) -> this.feeds.look(job)
				.filterWhen((page) -> this.access.permits(caller, page.job(), JobAccessPolicy.Action.CANCEL)))
			.flatMap((page) -> cancel(job, page))
			.switchIfEmpty(Mono.defer(() -> Problem.unknownJob().toResponse()))
			.onErrorResume((ex) -> Problem.ofFailure(ex).toResponse());
	}

	private Mono<ServerResponse> cancel(JobId job, EventPage page) {
		if (page.ended()) {
			return ended();
		}
		return this.tracker.requestCancel(job)
			.flatMap((asked) -> asked ? ServerResponse.accepted().header(HttpHeaders.CACHE_CONTROL, "no-store").build()
					: this.feeds.look(job)
						.flatMap((again) -> again.ended() ? ended() : elsewhere())
						.switchIfEmpty(Mono.defer(() -> Problem.unknownJob().toResponse())));
	}

	private static Mono<ServerResponse> ended() {
		return Problem.of(Problem.Kind.JOB_ENDED, "The job has already ended and cannot be cancelled").toResponse();
	}

	private static Mono<ServerResponse> elsewhere() {
		return Problem
			.of(Problem.Kind.JOB_ELSEWHERE, "The job runs in another process, which cannot be reached from here")
			.toResponse();
	}

}
