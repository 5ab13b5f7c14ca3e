package io.progress.sse.web;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

import io.progress.sse.JobHandle;
import io.progress.sse.event.JobId;
import io.progress.sse.stream.ProgressFeeds;
import io.progress.sse.stream.StaleCursorException;

/**
 * Jobs that begin when a client connects: for controllers of APIs where one request
 * starts the work and streams it, and a client that lost its stream comes back to the
 * same URL.
 *
 * <ol>
 * <li>A request without an event's id starts a job. The ids on its stream are the job's
 * and the event's, joined by {@code ~}, so that they lead back to the job.</li>
 * <li>A request with such an id goes on behind that event, and starts nothing.</li>
 * <li>A client that has seen the job's end is told so by status 204, which keeps a
 * browser from coming again.</li>
 * </ol>
 *
 * A client that leaves does not stop the job.
 */
public final class ConnectedJobs {

	private static final char SEPARATOR = '~';

	private final ProgressStreams streams;

	private final ProgressFeeds feeds;

	private final JobAccess access;

	/**
	 * Creates the jobs.
	 * @param streams the events of jobs
	 * @param feeds the feeds
	 * @param access who may come back to which job
	 */
	public ConnectedJobs(ProgressStreams streams, ProgressFeeds feeds, JobAccess access) {
		this.streams = streams;
		this.feeds = feeds;
		this.access = access;
	}

	/**
	 * The stream of a job, as a controller returns it. A {@code HEAD} starts nothing.
	 * @param exchange the request, whose {@code Last-Event-ID} header, else whose
	 * {@code lastEventId} parameter, says which event the client has seen; and the
	 * response, which gets the headers of a stream
	 * @param start starts the job when the stream is subscribed to; must not block
	 * @param format name of the format
	 * @return server-sent events, as of {@link ProgressStreams#serverSentEvents}. Fails,
	 * before the first byte, as {@code start} does, and with status 410 if there is no
	 * such job that the client may see, or no such event, any more
	 */
	public Flux<ServerSentEvent<String>> startOrResume(ServerWebExchange exchange, Supplier<? extends JobHandle> start,
			String format) {
		ServerHttpResponse response = exchange.getResponse();
		response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
		response.getHeaders().set("X-Accel-Buffering", "no");
		String cursor = cursor(exchange.getRequest());
		if (exchange.getRequest().getMethod().equals(HttpMethod.HEAD)) {
			return Flux.empty();
		}
		return (cursor == null) ? Flux.defer(() -> start(start.get().id(), format)) : resume(exchange, cursor, format);
	}

	private Flux<ServerSentEvent<String>> start(JobId job, String format) {
		return this.streams.serverSentEvents(this.streams.events(job, null), format, prefix(job));
	}

	private Flux<ServerSentEvent<String>> resume(ServerWebExchange exchange, String cursor, String format) {
		int end = Math.max(0, cursor.lastIndexOf(SEPARATOR));
		if (!JobId.isValid(cursor.substring(0, end))) {
			return Flux.error(gone());
		}
		JobId job = JobId.of(cursor.substring(0, end));
		return this.access.caller(exchange)
			.flatMap((caller) -> this.feeds.resume(job, cursor.substring(end + 1),
					(info) -> this.access.permits(caller, info, JobAccessPolicy.Action.WATCH)))
			.flatMapMany((events) -> this.streams.serverSentEvents(events, format, prefix(job)))
			.switchIfEmpty(Flux.<ServerSentEvent<String>>empty()
				.doOnSubscribe((subscription) -> exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT)))
			.onErrorMap(StaleCursorException.class, (ex) -> gone());
	}

	private static String prefix(JobId job) {
		return job.value() + SEPARATOR;
	}

	private static ResponseStatusException gone() {
		return new ResponseStatusException(HttpStatus.GONE,
				"The job is not known, or the events after this id are not retained; begin anew without an id");
	}

	private static @Nullable String cursor(ServerHttpRequest request) {
		String cursor = StreamHandler.cursor(request);
		return (cursor == null || cursor.isEmpty() || cursor.equals("0")) ? null : cursor;
	}

}
