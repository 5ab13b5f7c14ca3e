package io.progress.sse.web.controller;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;

import io.progress.sse.JobHandle;
import io.progress.sse.event.JobId;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.StreamTerms;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.admission.StreamAnswer;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.Problem;
import io.progress.sse.web.StreamHandler;
import io.progress.sse.web.access.Caller;

/**
 * Starts jobs when a client connects: for controllers of APIs where one request starts
 * the work and streams it, and a client that lost its stream reconnects to the same URL.
 *
 * <ol>
 * <li>A request without an event's id starts a job. The ids on its stream are the job's
 * and the event's, joined by {@code ~}, so that a reconnecting client finds the job
 * again.</li>
 * <li>A request with such an id continues after that event and starts no job.</li>
 * <li>A client that has seen the job's end gets status 204, which makes a browser stop
 * reconnecting.</li>
 * </ol>
 *
 * Otherwise these are streams like those of the endpoints, with the same limits and
 * times. A client that disconnects does not stop the job.
 */
public final class StreamingJobs {

	private static final char SEPARATOR = '~';

	private final EventStreams feeds;

	private final ProgressEventFormats formats;

	private final JobAccess access;

	private final StreamHandler streams;

	/**
	 * Creates the jobs.
	 * @param feeds the feeds
	 * @param formats all formats
	 * @param access decides who may resume a job
	 * @param streams answers requests for streams
	 */
	public StreamingJobs(EventStreams feeds, ProgressEventFormats formats, JobAccess access, StreamHandler streams) {
		this.feeds = feeds;
		this.formats = formats;
		this.access = access;
		this.streams = streams;
	}

	/**
	 * Answers with the stream of a job. A {@code HEAD} request, or one that exceeds a
	 * limit, starts no job.
	 * @param exchange the request, whose {@code Last-Event-ID} header or
	 * {@code lastEventId} parameter names the last event that the client has seen, and
	 * the response
	 * @param start starts the job when it is subscribed to; must not block
	 * @param format name of the format
	 * @return completes when the answer is sent, for a controller to return. Fails,
	 * before the first byte, as {@code start} does. A client that reconnects gets status
	 * 410 if the job no longer exists or the client may not see it; if the event does not
	 * exist, it gets an event {@code reset} and the job from its beginning, or 410 if the
	 * settings say so
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public Mono<Void> startOrResume(ServerWebExchange exchange, Supplier<? extends JobHandle> start, String format) {
		this.formats.get(format);
		return answer(exchange, start, StreamTerms.of(format))
			.flatMap((response) -> response.writeTo(exchange, new BytesOnly()));
	}

	private Mono<ServerResponse> answer(ServerWebExchange exchange, Supplier<? extends JobHandle> start,
			StreamTerms terms) {
		if (exchange.getRequest().getMethod().equals(HttpMethod.HEAD)) {
			return this.streams.head();
		}
		String cursor = cursor(exchange.getRequest());
		return this.access.caller(exchange)
			.flatMap((caller) -> (cursor == null) ? start(exchange, caller, start, terms)
					: resume(exchange, caller, cursor, terms))
			.flatMap((answer) -> (answer instanceof StreamAnswer.Unknown) ? Problem.forgottenJob().toResponse()
					: this.streams.respond(answer, exchange));
	}

	private Mono<StreamAnswer> start(ServerWebExchange exchange, Caller caller, Supplier<? extends JobHandle> start,
			StreamTerms terms) {
		return this.feeds.refusal(caller.name())
			.cast(StreamAnswer.class)
			.switchIfEmpty(Mono.<JobHandle>fromSupplier(start)
				.flatMap((job) -> this.streams.openOwn(exchange, caller, job.id(), StreamIds.JOB_AND_EVENT, terms)));
	}

	private Mono<StreamAnswer> resume(ServerWebExchange exchange, Caller caller, String cursor, StreamTerms terms) {
		int end = Math.max(0, cursor.lastIndexOf(SEPARATOR));
		String job = cursor.substring(0, end);
		return JobId.isValid(job) ? this.streams.open(exchange, caller, List.of(JobId.of(job)), StreamIds.JOB_AND_EVENT,
				cursor.substring(end + 1), terms) : Mono.just(new StreamAnswer.Unknown());
	}

	private static @Nullable String cursor(ServerHttpRequest request) {
		String cursor = StreamHandler.cursor(request);
		return (cursor == null || cursor.isEmpty() || cursor.equals("0")) ? null : cursor;
	}

	/** Streams and problems are already bytes. */
	private static final class BytesOnly implements ServerResponse.Context {

		@Override
		public List<HttpMessageWriter<?>> messageWriters() {
			return List.of();
		}

		@Override
		public List<ViewResolver> viewResolvers() {
			return List.of();
		}

	}

}
