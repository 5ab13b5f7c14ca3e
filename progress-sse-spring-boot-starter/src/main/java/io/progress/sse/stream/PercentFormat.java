package io.progress.sse.stream;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

/**
 * Steps and whole percent, then the job's result itself.
 */
final class PercentFormat implements ProgressEventFormat, BrowserEventNames {

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
	public boolean isShown(ProgressEvent event) {
		return !Wording.isSilentStart(event);
	}

	@Override
	public @Nullable Object data(ProgressEvent event) {
		if (event.state() == JobState.DONE) {
			return (event.result() != null) ? event.result() : Map.of();
		}
		if (event.isTerminal()) {
			return Map.of("message", Wording.reason(event));
		}
		JsonObject json = new JsonObject();
		json.with("step", Wording.step(event));
		json.with("percent", Wording.percent(event));
		return json;
	}

	@Override
	public Object snapshot(ProgressEvent event) {
		return Wording.withStatus(event, data(event));
	}

}
