package io.progress.sse.web.controller;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.http.codec.ServerSentEvent;

import io.progress.sse.event.JobId;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.format.FormattedEvent;
import io.progress.sse.stream.format.ProgressEventFormats;

/**
 * The events of jobs, for the application's own controllers. They come from the same
 * feeds as those of the endpoints, with the same guarantees: in order, without a gap and
 * without a duplicate, every milestone; a slow subscriber misses intermediate ticks and
 * delays no other. A subscriber that blocks has a thread to itself meanwhile; the limit
 * of streams on the node is also the limit of blocked subscribers.
 *
 * <p>
 * Access is not checked: the controller must decide whether the caller may see the job.
 */
public final class ProgressStreams {

	private final EventStreams feeds;

	private final ProgressEventFormats formats;

	private final Duration heartbeat;

	/**
	 * Creates the streams.
	 * @param feeds the feeds
	 * @param formats all formats
	 * @param heartbeat the pause between heartbeats in streams of server-sent events
	 */
	public ProgressStreams(EventStreams feeds, ProgressEventFormats formats, Duration heartbeat) {
		this.feeds = feeds;
		this.formats = formats;
		this.heartbeat = heartbeat;
	}

	/**
	 * Returns the events of a job.
	 * @param job the job, which need not exist yet
	 * @param cursor the id of the event to begin after; {@code null}, empty or {@code 0}
	 * for all stored events, {@code now} for new events, {@code latest} for the newest
	 * event and new ones
	 * @return the events. Completes after the terminal event, if the job does not exist
	 * after the usual waiting time, at once if the cursor is the id of an event and the
	 * job does not exist, and when the node shuts down. Fails with
	 * {@link io.progress.sse.stream.StaleCursorException} if the cursor is not or no
	 * longer valid, otherwise only if the store is unreachable at the beginning
	 */
	public Flux<StoredEvent> events(JobId job, @Nullable String cursor) {
		return this.feeds.events(job, cursor);
	}

	/**
	 * Returns the events of a job for a controller to return, with a comment at the
	 * beginning and heartbeats.
	 * @param job the job, which need not exist yet
	 * @param cursor as for {@link #events}; most often the {@code Last-Event-ID} header
	 * @param format name of the format
	 * @return server-sent events whose data is one line of JSON; completes and fails like
	 * {@link #events}
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public Flux<ServerSentEvent<String>> serverSentEvents(JobId job, @Nullable String cursor, String format) {
		this.formats.get(format);
		return events(job, cursor).filter((stored) -> this.formats.isShown(format, stored.event()))
			.map((event) -> serverSentEvent(event, format))
			.publish((events) -> events.mergeWith(heartbeats().takeUntilOther(events.ignoreElements())), 1)
			.startWith(comment("progress-sse"));
	}

	private ServerSentEvent<String> serverSentEvent(StoredEvent stored, String format) {
		FormattedEvent event = this.formats.format(format, stored.event());
		ServerSentEvent.Builder<String> sse = ServerSentEvent.builder(event.data()).id(stored.id().toString());
		return ((event.name() != null) ? sse.event(event.name()) : sse).build();
	}

	private Flux<ServerSentEvent<String>> heartbeats() {
		return Flux.interval(this.heartbeat).onBackpressureDrop().map((i) -> comment("hb"));
	}

	private static ServerSentEvent<String> comment(String text) {
		return ServerSentEvent.<String>builder().comment(text).build();
	}

}
