package io.progress.sse.stream.format;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.ListedJob;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.CursorText;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.frame.EventTime;
import io.progress.sse.stream.frame.FrameBuffer;
import io.progress.sse.stream.frame.PlainJson;
import io.progress.sse.stream.frame.SseFrames;
import io.progress.sse.support.ForeignCode;

/**
 * Writes events in a format as frames. On a stream of many jobs, each event names its
 * job, and the viewer adds the id. An event that the format cannot write becomes an
 * outline in the standard format.
 */
public final class FrameEncoder {

	private static final Logger logger = LoggerFactory.getLogger(ProgressEventFormat.class);

	private final ProgressEventFormat format;

	private final StreamIds ids;

	private final AtomicBoolean complained = new AtomicBoolean();

	FrameEncoder(ProgressEventFormat format, StreamIds ids) {
		this.format = format;
		this.ids = ids;
	}

	ProgressEventFormat format() {
		return this.format;
	}

	/**
	 * Returns the frame of an event.
	 * @param stored the event
	 * @param withoutId whether the frame ends without an id
	 * @return the frame, on a stream of many jobs up to its id; empty if the format does
	 * not show the event
	 */
	public byte[] encode(StoredEvent stored, boolean withoutId) {
		FrameBuffer out = new FrameBuffer();
		write(stored, withoutId, out);
		return out.toByteArray();
	}

	/**
	 * Writes the frame of an event, as for {@link #encode}.
	 * @param stored the event
	 * @param withoutId whether the frame ends without an id
	 * @param out gets the frame
	 */
	public void write(StoredEvent stored, boolean withoutId, FrameBuffer out) {
		if (!isShown(stored.event())) {
			return;
		}
		int start = out.length();
		formatted(stored.event(), (name, data) -> {
			out.truncate(start);
			if (data instanceof Text text) {
				SseFrames.text(name, text.value(), out);
			}
			else {
				SseFrames.eventOfAnyName(name, (json) -> PlainJson.write(data, json), out);
			}
			return out;
		});
		if (this.ids == StreamIds.EVENT_OF_EACH_JOB) {
			return;
		}
		if (withoutId) {
			SseFrames.end(out);
		}
		else if (this.ids == StreamIds.JOB_AND_EVENT) {
			SseFrames.end(CursorText.ofJob(stored.event().jobId(), stored.id()), out);
		}
		else {
			SseFrames.end(stored.id(), out);
		}
	}

	/**
	 * Returns the name and the data of an event, for frames that are built elsewhere.
	 */
	FormattedEvent format(ProgressEvent event) {
		return formatted(event, (name, data) -> {
			SseFrames.checkName(name);
			return new FormattedEvent(name,
					(data instanceof Text text) ? String.join("\n", SseFrames.lines(text.value()))
							: new String(PlainJson.bytes(data), StandardCharsets.UTF_8));
		});
	}

	/**
	 * Returns an event's JSON for polling clients.
	 */
	byte[] snapshot(ProgressEvent event) {
		try {
			return PlainJson.bytes(withJobId(this.format.snapshot(event), event));
		}
		catch (Throwable ex) {
			complain(event, ex);
			return PlainJson.bytes(StandardFormat.outline(event));
		}
	}

	/**
	 * A job's JSON in a list: that of its newest event, what is fixed about it, and
	 * further members.
	 */
	byte[] snapshot(ListedJob job, Map<String, ?> more) {
		ProgressEvent event = job.latest().event();
		try {
			return PlainJson.bytes(withFacts(withJobId(this.format.snapshot(event), event), job, more));
		}
		catch (Throwable ex) {
			complain(event, ex);
			return PlainJson.bytes(withFacts(StandardFormat.outline(event), job, more));
		}
	}

	boolean isShown(ProgressEvent event) {
		try {
			return event.isTerminal() || this.format.isShown(event);
		}
		catch (Throwable ex) {
			complain(event, ex);
			return true;
		}
	}

	private <T> T formatted(ProgressEvent event, Parts<T> parts) {
		try {
			String text = this.format.text(event);
			@Nullable Object data = (text != null) ? new Text(text) : withJobId(this.format.data(event), event);
			String name = this.format.eventName(event);
			if (!this.format.usesBrowserEventNames()) {
				SseFrames.checkOwnName(name);
			}
			return parts.take(name, data);
		}
		catch (Throwable ex) {
			complain(event, ex);
			return parts.take(event.isTerminal() ? event.state().wireName() : "progress",
					StandardFormat.outline(event));
		}
	}

	private void complain(ProgressEvent event, Throwable failure) {
		if (this.complained.compareAndSet(false, true)) {
			ForeignCode.report(failure, (ex) -> logger.warn(
					"Format '{}' cannot write an event of a job '{}'; viewers get it in the standard format without data and result",
					this.format.name(), event.job(), ex));
		}
	}

	private @Nullable Object withJobId(@Nullable Object data, ProgressEvent event) {
		if (this.ids != StreamIds.EVENT_OF_EACH_JOB || !(data instanceof Map<?, ?> map) || map.containsKey("jobId")) {
			return data;
		}
		Map<Object, @Nullable Object> named = new LinkedHashMap<>();
		named.put("jobId", event.jobId().value());
		named.putAll(map);
		return named;
	}

	private static @Nullable Object withFacts(@Nullable Object data, ListedJob job, Map<String, ?> more) {
		if (!(data instanceof Map<?, ?> map)) {
			return data;
		}
		Map<Object, @Nullable Object> facts = new LinkedHashMap<>(map);
		if (job.lease() != null && job.lease().isNegative()) {
			facts.put("stalled", true);
		}
		if (job.job().owner() != null) {
			facts.put("owner", job.job().owner());
		}
		facts.put("createdAt", EventTime.write(job.job().createdAt()) + "Z");
		facts.putAll(more);
		return facts;
	}

	/** Data that is text rather than JSON. */
	private record Text(String value) {

	}

	/**
	 * Uses an event's name and data. If it fails, it is called again with those of the
	 * outline.
	 */
	private interface Parts<T> {

		T take(@Nullable String name, @Nullable Object data);

	}

}
