package io.progress.sse.stream;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.support.ForeignCode;

/**
 * How a stream's frames look: its format, and whether it is the stream of one job or of
 * many. On a stream of many, each event names its job, and ids are left to the viewer.
 */
final class Shape {

	private static final Logger logger = LoggerFactory.getLogger(ProgressEventFormat.class);

	private final ProgressEventFormat format;

	private final StreamIds ids;

	private final AtomicBoolean complained = new AtomicBoolean();

	Shape(ProgressEventFormat format, StreamIds ids) {
		this.format = format;
		this.ids = ids;
	}

	ProgressEventFormat format() {
		return this.format;
	}

	/**
	 * The frame of an event, on a stream of many jobs without its id; empty if the format
	 * does not show it.
	 */
	byte[] encode(StoredEvent stored) {
		return encode(stored, false);
	}

	byte[] encode(StoredEvent stored, boolean withoutId) {
		FrameBuffer out = new FrameBuffer();
		write(stored, withoutId, out);
		return out.toByteArray();
	}

	void write(StoredEvent stored, boolean withoutId, FrameBuffer out) {
		if (!isShown(stored.event())) {
			return;
		}
		int start = out.length();
		formatted(stored.event(), (name, data) -> {
			out.truncate(start);
			Frames.eventOfAnyName(name, (json) -> PlainJson.write(data, json), out);
			return out;
		});
		if (this.ids == StreamIds.EVENT_OF_EACH_JOB) {
			return;
		}
		if (withoutId) {
			Frames.end(out);
		}
		else if (this.ids == StreamIds.JOB_AND_EVENT) {
			Frames.end(CursorText.ofJob(stored.event().jobId(), stored.id()), out);
		}
		else {
			Frames.end(stored.id(), out);
		}
	}

	/**
	 * An event's parts, for those who build frames elsewhere.
	 */
	FormattedEvent format(ProgressEvent event) {
		return formatted(event, (name, data) -> {
			Frames.checkName(name);
			return new FormattedEvent(name, new String(PlainJson.bytes(data), StandardCharsets.UTF_8));
		});
	}

	/**
	 * An event's JSON for clients that poll.
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
			@Nullable Object data = withJobId(this.format.data(event), event);
			String name = this.format.eventName(event);
			if (!(this.format instanceof BrowserEventNames)) {
				Frames.checkOwnName(name);
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
			ForeignCode.report(failure,
					(ex) -> logger.warn(
							"Format '{}' cannot write an event of a job '{}'; viewers get an outline instead",
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

	/**
	 * Does something with an event's name and data. Taken again with others if it fails.
	 */
	private interface Parts<T> {

		T take(@Nullable String name, @Nullable Object data);

	}

}
