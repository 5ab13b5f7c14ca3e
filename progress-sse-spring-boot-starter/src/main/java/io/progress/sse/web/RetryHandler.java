package io.progress.sse.web;

import java.net.URI;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventPage;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.frame.PlainJson;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.access.JobAccessPolicy;

/**
 * Answers requests to run the work of a job again. A bean of this type, most simply a
 * subclass, replaces the default.
 */
public class RetryHandler {

	private final RareWarnings warnings = new RareWarnings(LoggerFactory.getLogger(RetryHandler.class),
			System::nanoTime);

	private final EventStreams feeds;

	private final JobAccess access;

	private final WebSettings settings;

	private final @Nullable JobRetry retry;

	/**
	 * Creates the handler.
	 * @param feeds reads the state of jobs
	 * @param access decides who may run a job again
	 * @param settings the settings
	 * @param retry starts the work again; {@code null} if the application does not offer
	 * it
	 */
	public RetryHandler(EventStreams feeds, JobAccess access, WebSettings settings, @Nullable JobRetry retry) {
		this.feeds = feeds;
		this.access = access;
		this.settings = settings;
		this.retry = retry;
	}

	/**
	 * Starts the work of a job again.
	 * @param request the request
	 * @param job the job
	 * @return the response
	 */
	public Mono<ServerResponse> retry(ServerRequest request, JobId job) {
		JobRetry offer = this.retry;
		if (offer == null) {
			return Problem.of(Problem.Kind.NO_RETRY, "The application does not offer to run jobs again").toResponse();
		}
		return this.access.caller(request.exchange())
			.flatMap((caller) -> this.feeds.look(job)
				.filterWhen((page) -> this.access.permits(caller, page.job(), JobAccessPolicy.Action.RETRY))
				.flatMap((page) -> retry(request, page, caller, offer)))
			.switchIfEmpty(Mono.defer(() -> Problem.unknownJob().toResponse()))
			.onErrorResume((ex) -> Problem.ofFailure(ex).toResponse());
	}

	private Mono<ServerResponse> retry(ServerRequest request, EventPage page, Caller caller, JobRetry offer) {
		if (!page.ended()) {
			return Problem.of(Problem.Kind.JOB_RUNNING, "The job has not ended, so it cannot run again yet")
				.toResponse();
		}
		Supplier<Mono<JobId>> question = () -> offer.retry(page.job(), caller.principal());
		return JobAccess.ask(question)
			.flatMap((next) -> accepted(request, next))
			.switchIfEmpty(Mono
				.defer(() -> Problem.of(Problem.Kind.NOT_REPEATABLE, "The application cannot run this job again")
					.toResponse()))
			.onErrorResume((ex) -> failed(ex, page.job().name()).toResponse());
	}

	private Problem failed(Throwable ex, String name) {
		Problem refusal = Problem.ofRefusal(ex);
		if (refusal != null) {
			return refusal;
		}
		this.warnings.warn("Jobs '" + name + "' cannot run again, because the JobRetry bean fails", ex);
		return Problem.of(Problem.Kind.RETRY_FAILED, "The job could not be started again");
	}

	private Mono<ServerResponse> accepted(ServerRequest request, JobId job) {
		JobLinks links = new JobLinks(job, StreamHandler.contextPath(request.exchange()), this.settings);
		return ServerResponse.status(HttpStatus.ACCEPTED)
			.location(URI.create(links.status()))
			.header(HttpHeaders.CACHE_CONTROL, "no-store")
			.contentType(MediaType.APPLICATION_JSON)
			.body((out, context) -> out
				.writeWith(Mono.fromSupplier(() -> out.bufferFactory().wrap(PlainJson.bytes(links.body())))));
	}

}
