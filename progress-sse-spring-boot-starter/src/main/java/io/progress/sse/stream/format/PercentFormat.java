package io.progress.sse.stream.format;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.stream.frame.JsonObject;

/**
 * Sends steps and whole percent, and at the end the job's result itself.
 */
final class PercentFormat implements StatelessFormat {

	@Override
	public String name() {
		return "percent";
	}

	@Override
	public String eventName(ProgressEvent event) {
		if (!event.isTerminal()) {
			return "progress";
		}
		return (event.state() == JobState.DONE) ? "complete" : "error";
	}

	@Override
	public boolean usesBrowserEventNames() {
		return true;
	}

	@Override
	public @Nullable Object data(ProgressEvent event) {
		if (event.state() == JobState.DONE) {
			return (event.result() != null) ? event.result() : Map.of();
		}
		if (event.isTerminal()) {
			return Map.of("message", FormatSupport.reason(event));
		}
		JsonObject json = new JsonObject();
		json.with("step", FormatSupport.step(event));
		json.with("percent", FormatSupport.percent(event));
		return json;
	}

	@Override
	public Object snapshot(ProgressEvent event) {
		return FormatSupport.withStatus(event, data(event));
	}

}
