package io.progress.sse.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.event.JobId;
import io.progress.sse.stream.ProgressFeeds;
import io.progress.sse.stream.StreamAnswer;
import io.progress.sse.stream.StreamBody;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.StreamTerms;

/**
 * Serves event streams.
 */
final class StreamHandler {

	private final ProgressFeeds feeds;

	private final JobAccess access;

	private final WebSettings settings;

	private final Outlets outlets;

	StreamHandler(ProgressFeeds feeds, JobAccess access, WebSettings settings) {
		this.feeds = feeds;
		this.access = access;
		this.settings = settings;
		this.outlets = new Outlets(feeds);
	}

	Mono<ServerResponse> stream(ServerRequest request, List<JobId> jobs, StreamIds ids, StreamTerms terms) {
		return this.access.streamCaller(request, jobs)
			.flatMap((caller) -> this.feeds.open(streamRequest(request, jobs, ids, terms, caller)))
			.flatMap((answer) -> respond(answer, contextPath(request)))
			.onErrorResume((ex) -> Problem.ofFailure(ex).toResponse());
	}

	/**
	 * What a stream would answer, without one.
	 */
	Mono<ServerResponse> head() {
		return streamResponse().build();
	}

	private StreamRequest streamRequest(ServerRequest request, List<JobId> jobs, StreamIds ids, StreamTerms terms,
			Caller caller) {
		ServerHttpRequest asked = request.exchange().getRequest();
		return new StreamRequest(jobs, ids, cursor(asked), terms, resets(asked, terms), pings(asked), isBrowser(asked),
				caller.name(), ClientAddress.of(asked),
				(job) -> this.access.permits(caller, job, JobAccessPolicy.Action.WATCH), caller.gone());
	}

	/**
	 * Whether the client begins anew when its cursor is not good any more: as it says,
	 * else as its route does.
	 */
	boolean resets(ServerHttpRequest request, StreamTerms terms) {
		String stale = QueryParameter.newest("stale", request);
		if (stale != null) {
			return stale.equals("reset");
		}
		return (terms.resetWhenStale() != null) ? terms.resetWhenStale() : this.settings.resetWhenStale();
	}

	/**
	 * Whether the client wants to hear heartbeats.
	 */
	static boolean pings(ServerHttpRequest request) {
		return "event".equals(QueryParameter.newest("heartbeat", request));
	}

	/**
	 * Whether the client is a browser: all of them call themselves so.
	 */
	static boolean isBrowser(ServerHttpRequest request) {
		String agent = request.getHeaders().getFirst(HttpHeaders.USER_AGENT);
		return agent != null && agent.startsWith("Mozilla/");
	}

	/**
	 * What the client says it has seen: a browser that comes back says it in a header, a
	 * script in the query.
	 */
	static @Nullable String cursor(ServerHttpRequest request) {
		String header = request.getHeaders().getFirst("Last-Event-ID");
		return (header != null && !header.isEmpty()) ? header : QueryParameter.newest("lastEventId", request);
	}

	Mono<ServerResponse> respond(StreamAnswer answer, String contextPath) {
		if (answer instanceof StreamAnswer.Granted granted) {
			StreamBody body = granted.body();
			return streamResponse().body((out, context) -> this.outlets.write(body, out));
		}
		if (answer instanceof StreamAnswer.Over) {
			return ServerResponse.noContent().header(HttpHeaders.CACHE_CONTROL, "no-store").build();
		}
		if (answer instanceof StreamAnswer.Stale stale) {
			return Problem
				.of(Problem.Kind.STALE_CURSOR,
						"The events after this id are not retained; ask for the job's status, or begin anew")
				.with("jobId", stale.job().value())
				.with("earliestId", stale.earliest().toString())
				.with("latestId", stale.latest().toString())
				.with("statusUrl", contextPath + this.settings.jobPath(stale.job().value()))
				.toResponse();
		}
		if (answer instanceof StreamAnswer.Refused refused) {
			return refuse(refused);
		}
		return Problem.unknownJob().toResponse();
	}

	private Mono<ServerResponse> refuse(StreamAnswer.Refused refused) {
		if (refused.soft()) {
			return streamResponse().body((out, context) -> out
				.writeWith(Mono.fromSupplier(() -> out.bufferFactory().wrap(refused.goodbye()))));
		}
		boolean own = refused.limit() == StreamAnswer.Limit.PRINCIPAL;
		return Problem
			.of(own ? Problem.Kind.TOO_MANY_STREAMS : Problem.Kind.OVERLOADED,
					"There are too many open streams; close one, or try again later")
			.header(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, refused.retryAfter().toSeconds())))
			.toResponse();
	}

	private static ServerResponse.BodyBuilder streamResponse() {
		return ServerResponse.status(HttpStatus.OK)
			.header(HttpHeaders.CONTENT_TYPE, "text/event-stream;charset=UTF-8")
			.header(HttpHeaders.CACHE_CONTROL, "no-store, no-transform")
			.header("X-Accel-Buffering", "no")
			.header("X-Content-Type-Options", "nosniff");
	}

	static String contextPath(ServerRequest request) {
		return request.requestPath().contextPath().value();
	}

}
