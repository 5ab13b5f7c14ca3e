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
 * feeds as those of the endpoints, with the same promises: in order, without a gap and
 * without a duplicate, every milestone; a subscriber that does not keep up misses
 * intermediate ticks and delays nobody. One that blocks has a thread to itself for as
 * long; so many may do so at a time as there may be streams on the node.
 *
 * <p>
 * Nobody is asked whether the caller may see the job: that is the controller's business.
 */
public final class ProgressStreams {

	private final EventStreams feeds;

	private final ProgressEventFormats formats;

	private final Duration heartbeat;

	/**
	 * Creates the streams.
	 * @param feeds the feeds
	 * @param formats the formats that there are
	 * @param heartbeat how often streams of server-sent events say that they are alive
	 */
	public ProgressStreams(EventStreams feeds, ProgressEventFormats formats, Duration heartbeat) {
		this.feeds = feeds;
		this.formats = formats;
		this.heartbeat = heartbeat;
	}

	/**
	 * The events of a job.
	 * @param job the job, which need not have come yet
	 * @param cursor the id of the event to begin behind; {@code null}, empty or {@code 0}
	 * for all that is retained, {@code now} for what comes, {@code latest} for the newest
	 * event and what comes
	 * @return the events; ends behind the terminal event, when a job has not come after
	 * the usual wait, at once when the cursor is an event's and the job is not there, and
	 * when the node shuts down. Fails with
	 * {@link io.progress.sse.stream.StaleCursorException} if the cursor is not good (any
	 * more), otherwise only if the store is out of reach at the beginning
	 */
	public Flux<StoredEvent> events(JobId job, @Nullable String cursor) {
		return this.feeds.events(job, cursor);
	}

	/**
	 * The events of a job as a controller returns them, with a comment at once and
	 * heartbeats.
	 * @param job the job, which need not have come yet
	 * @param cursor as for {@link #events}; most often the {@code Last-Event-ID} header
	 * @param format name of the format
	 * @return server-sent events whose data is one line of JSON; ends and fails like
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
