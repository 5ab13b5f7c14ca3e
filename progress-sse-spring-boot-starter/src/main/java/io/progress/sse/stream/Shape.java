package io.progress.sse.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.StoredEvent;

/**
 * How a stream's frames look: its format, and whether it is the stream of one job or of
 * many. On a stream of many, each event names its job, and ids are left to the viewer.
 */
final class Shape {

	private static final Logger logger = LoggerFactory.getLogger(ProgressEventFormat.class);

	private final ProgressEventFormat format;

	private final boolean manyJobs;

	private final AtomicBoolean complained = new AtomicBoolean();

	Shape(ProgressEventFormat format, boolean manyJobs) {
		this.format = format;
		this.manyJobs = manyJobs;
	}

	ProgressEventFormat format() {
		return this.format;
	}

	byte[] encode(StoredEvent stored) {
		byte[] event = encode(stored.event());
		return this.manyJobs ? event : Frames.concat(event, Frames.end(stored.id().toString()));
	}

	private byte[] encode(ProgressEvent event) {
		try {
			byte[] json = PlainJson.bytes(withJobId(this.format.data(event), event));
			String name = this.format.eventName(event);
			return (this.format instanceof BrowserEventNames) ? Frames.eventOfAnyName(name, json)
					: Frames.event(name, json);
		}
		catch (RuntimeException ex) {
			if (this.complained.compareAndSet(false, true)) {
				logger.warn("Format '{}' cannot write an event of job '{}'; viewers get an outline instead",
						this.format.name(), event.jobId(), ex);
			}
			return Frames.event(event.isTerminal() ? event.state().wireName() : "progress",
					PlainJson.bytes(StandardFormat.outline(event)));
		}
	}

	private @Nullable Object withJobId(@Nullable Object data, ProgressEvent event) {
		if (!this.manyJobs || !(data instanceof Map<?, ?> map) || map.containsKey("jobId")) {
			return data;
		}
		Map<Object, @Nullable Object> named = new LinkedHashMap<>();
		named.put("jobId", event.jobId().value());
		named.putAll(map);
		return named;
	}

}
