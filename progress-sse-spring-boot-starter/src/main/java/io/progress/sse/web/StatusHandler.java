package io.progress.sse.web;

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventPage;
import io.progress.sse.stream.ProgressEventFormats;
import io.progress.sse.stream.ProgressFeeds;

/**
 * Says where a job stands, for clients that poll.
 */
final class StatusHandler {

	private final ProgressFeeds feeds;

	private final JobAccess access;

	private final ProgressEventFormats formats;

	private final String pollSeconds;

	StatusHandler(ProgressFeeds feeds, JobAccess access, ProgressEventFormats formats, Duration pollInterval) {
		this.feeds = feeds;
		this.access = access;
		this.formats = formats;
		this.pollSeconds = String.valueOf(pollInterval.toSeconds());
	}

	Mono<ServerResponse> status(ServerRequest request, JobId job, String format) {
		return this.access.streamCaller(request, List.of(job))
			.flatMap((caller) -> this.feeds.look(job)
				.filterWhen((page) -> this.access.permits(caller, page.job(), JobAccessPolicy.Action.WATCH)))
			.flatMap((page) -> respond(request, page, format))
			.switchIfEmpty(Mono.defer(() -> Problem.unknownJob().toResponse()))
			.onErrorResume(JobAccess.BadTicketException.class, (ex) -> Problem.badTicket().toResponse())
			.onErrorResume(
					(ex) -> Problem.storeUnavailable().header(HttpHeaders.RETRY_AFTER, this.pollSeconds).toResponse());
	}

	private Mono<ServerResponse> respond(ServerRequest request, EventPage page, String format) {
		String tag = "\"" + page.latest().id() + "\"";
		boolean known = request.headers()
			.asHttpHeaders()
			.getIfNoneMatch()
			.stream()
			.anyMatch((each) -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
		ServerResponse.BodyBuilder response = ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
			.cacheControl(CacheControl.noCache().cachePrivate())
			.eTag(tag);
		if (!page.ended()) {
			response.header(HttpHeaders.RETRY_AFTER, this.pollSeconds);
		}
		if (known) {
			return response.build();
		}
		return response.contentType(MediaType.APPLICATION_JSON)
			.body((out, context) -> out.writeWith(Mono
				.fromSupplier(() -> out.bufferFactory().wrap(this.formats.snapshot(format, page.latest().event())))));
	}

}
