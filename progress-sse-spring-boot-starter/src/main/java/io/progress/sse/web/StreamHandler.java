package io.progress.sse.web;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.stream.OwnedJobs;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.StreamLimit;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.StreamTerms;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.admission.GrantedStream;
import io.progress.sse.stream.admission.StreamAnswer;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.access.JobAccessPolicy;

/**
 * Answers requests for event streams. A bean of this type, most simply a subclass,
 * replaces the default.
 */
public class StreamHandler {

	private final EventStreams feeds;

	private final JobAccess access;

	private final WebSettings settings;

	private final StreamWriter outlets;

	/**
	 * Creates the handler.
	 * @param feeds the event streams
	 * @param access decides who may see a job
	 * @param settings the settings
	 */
	public StreamHandler(EventStreams feeds, JobAccess access, WebSettings settings) {
		this.feeds = feeds;
		this.access = access;
		this.settings = settings;
		this.outlets = new StreamWriter(feeds);
	}

	/**
	 * Responds with a stream of jobs, or with the reason of a refusal.
	 * @param request the request
	 * @param jobs the jobs
	 * @param ids the form of the ids
	 * @param terms the terms of the URL
	 * @return the response
	 */
	public Mono<ServerResponse> stream(ServerRequest request, List<JobId> jobs, StreamIds ids, StreamTerms terms) {
		ServerWebExchange exchange = request.exchange();
		return this.access.streamCaller(request, jobs)
			.flatMap((caller) -> open(exchange, caller, jobs, ids, cursor(exchange.getRequest()), terms))
			.flatMap((answer) -> respond(answer, exchange))
			.onErrorResume((ex) -> Problem.ofFailure(ex).toResponse());
	}

	/**
	 * Responds with one stream of all jobs of the caller, or of those whom the parameter
	 * {@code owner} names, or says why there is none.
	 * @param request the request
	 * @param terms the terms of the URL
	 * @return the response
	 */
	public Mono<ServerResponse> streamOwned(ServerRequest request, StreamTerms terms) {
		ServerWebExchange exchange = request.exchange();
		return ListOwner.of(exchange, this.feeds, this.access)
			.flatMap((owner) -> this.feeds.open(owned(exchange.getRequest(), owner, terms)))
			.flatMap((answer) -> respond(answer, exchange))
			.onErrorResume((ex) -> Problem.ofFailure(ex).toResponse());
	}

	private static StreamRequest owned(ServerHttpRequest request, ListOwner owner, StreamTerms terms) {
		Caller caller = owner.caller();
		return new StreamRequest(new OwnedJobs(owner.name()), List.of(), StreamIds.EVENT_OF_EACH_JOB, cursor(request),
				terms.pinging(pings(request)), isBrowser(request), caller.name(), ClientAddress.of(request),
				owner::sees, caller.gone());
	}

	/**
	 * Answers a {@code HEAD} request like a stream, but without its events.
	 * @return the response
	 */
	public Mono<ServerResponse> head() {
		return streamResponse().build();
	}

	/**
	 * Opens a stream of jobs that the caller may watch.
	 * @param exchange the request, whose headers and parameters describe the stream
	 * @param caller the caller
	 * @param jobs the jobs
	 * @param ids the form of the ids
	 * @param cursor the event to continue after; {@code null} for the beginning
	 * @param terms the terms of the URL
	 * @return the stream, or the reason of a refusal
	 */
	public Mono<StreamAnswer> open(ServerWebExchange exchange, Caller caller, List<JobId> jobs, StreamIds ids,
			@Nullable String cursor, StreamTerms terms) {
		return open(exchange, caller, jobs, ids, cursor, terms,
				(job) -> this.access.permits(caller, job, JobAccessPolicy.Action.WATCH));
	}

	/**
	 * Opens the stream of a job that the caller has just started, and so may watch.
	 * @param exchange the request, whose headers and parameters describe the stream
	 * @param caller the caller
	 * @param job the job
	 * @param ids the form of the ids
	 * @param terms the terms of the URL
	 * @return the stream, or the reason of a refusal
	 */
	public Mono<StreamAnswer> openOwn(ServerWebExchange exchange, Caller caller, JobId job, StreamIds ids,
			StreamTerms terms) {
		return open(exchange, caller, List.of(job), ids, null, terms, (info) -> Mono.just(true));
	}

	private Mono<StreamAnswer> open(ServerWebExchange exchange, Caller caller, List<JobId> jobs, StreamIds ids,
			@Nullable String cursor, StreamTerms terms, Function<JobInfo, Mono<Boolean>> access) {
		ServerHttpRequest request = exchange.getRequest();
		return this.feeds.open(new StreamRequest(jobs, ids, cursor, terms.resettingWhenStale(resets(request, terms)),
				pings(request), isBrowser(request), caller.name(), ClientAddress.of(request), access, caller.gone()));
	}

	/**
	 * Whether the client begins again if its cursor is no longer valid: the request
	 * decides, otherwise the route.
	 */
	private boolean resets(ServerHttpRequest request, StreamTerms terms) {
		String stale = QueryParameter.newest("stale", request);
		if (stale != null) {
			return stale.equals("reset");
		}
		return (terms.resetWhenStale() != null) ? terms.resetWhenStale()
				: this.settings.onStaleId() == WebSettings.OnStaleId.RESET;
	}

	/**
	 * Whether the client wants heartbeats as events.
	 */
	private static boolean pings(ServerHttpRequest request) {
		return "event".equals(QueryParameter.newest("heartbeat", request));
	}

	/**
	 * Whether the client is a browser, according to its {@code User-Agent}.
	 */
	private static boolean isBrowser(ServerHttpRequest request) {
		String agent = request.getHeaders().getFirst(HttpHeaders.USER_AGENT);
		return agent != null && agent.startsWith("Mozilla/");
	}

	/**
	 * Reads the id of the last event that the client has seen: from the header
	 * {@code Last-Event-ID}, which a browser sends when it reconnects, else from the
	 * parameter {@code lastEventId}.
	 * @param request the request
	 * @return the cursor; {@code null} if there is none
	 */
	public static @Nullable String cursor(ServerHttpRequest request) {
		String header = request.getHeaders().getFirst("Last-Event-ID");
		return (header != null && !header.isEmpty()) ? header : QueryParameter.newest("lastEventId", request);
	}

	/**
	 * Responds with a stream, or with the reason of a refusal.
	 * @param answer the stream
	 * @param exchange the request
	 * @return the response
	 */
	public Mono<ServerResponse> respond(StreamAnswer answer, ServerWebExchange exchange) {
		if (answer instanceof GrantedStream body) {
			ObservedStreams.mark(exchange);
			return streamResponse().body((out, context) -> this.outlets.write(body, out));
		}
		if (answer instanceof StreamAnswer.Over) {
			return ServerResponse.noContent().header(HttpHeaders.CACHE_CONTROL, "no-store").build();
		}
		if (answer instanceof StreamAnswer.Stale stale) {
			return Problem.of(Problem.Kind.STALE_CURSOR,
					"The events after this id are no longer stored; get the job's status, or begin again without an id")
				.with("jobId", stale.job().value())
				.with("earliestId", stale.earliest().toString())
				.with("latestId", stale.latest().toString())
				.with("statusUrl", contextPath(exchange) + this.settings.jobPath(stale.job().value()))
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
		boolean own = refused.limit() == StreamLimit.PRINCIPAL;
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

	static String contextPath(ServerWebExchange exchange) {
		return exchange.getRequest().getPath().contextPath().value();
	}

}
