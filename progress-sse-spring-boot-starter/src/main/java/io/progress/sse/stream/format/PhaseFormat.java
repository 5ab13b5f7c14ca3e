package io.progress.sse.stream.format;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.stream.frame.EventTime;
import io.progress.sse.stream.frame.JsonObject;

/**
 * Sends all events under one name; the phase also tells the state.
 */
final class PhaseFormat implements StatelessFormat {

	@Override
	public String name() {
		return "phase";
	}

	@Override
	public String eventName(ProgressEvent event) {
		return "progress";
	}

	@Override
	public Object data(ProgressEvent event) {
		JsonObject json = new JsonObject();
		json.with("phase", phase(event));
		json.with("progress", (event.state() == JobState.DONE) ? 1.0 : FormatSupport.fraction(event));
		json.with("message", message(event));
		json.with("data", facts(event));
		json.with("occurred_at", EventTime.write(event.occurredAt()) + "+00:00");
		return json;
	}

	/**
	 * Returns the result together with the reported data, such as a batch's totals.
	 */
	private static @Nullable Object facts(ProgressEvent event) {
		if (event.result() instanceof Map<?, ?> result) {
			Map<Object, @Nullable Object> all = new LinkedHashMap<>(event.data());
			all.putAll(result);
			return all;
		}
		return (event.result() != null) ? event.result() : event.data();
	}

	private static String phase(ProgressEvent event) {
		if (event.state() == JobState.DONE) {
			return "done";
		}
		return isFailure(event) ? "failed" : FormatSupport.step(event);
	}

	private static String message(ProgressEvent event) {
		if (isFailure(event)) {
			return FormatSupport.reason(event);
		}
		boolean waits = event.state() == JobState.QUEUED && event.message() == null;
		return waits ? "The job waits to be started" : FormatSupport.message(event);
	}

	private static boolean isFailure(ProgressEvent event) {
		return event.isTerminal() && event.state() != JobState.DONE;
	}

}
