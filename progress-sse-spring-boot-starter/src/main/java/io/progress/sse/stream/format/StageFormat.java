package io.progress.sse.stream.format;

import java.util.Map;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.stream.frame.JsonObject;

/**
 * Sends stages and whole percent; the last event carries no result.
 */
final class StageFormat implements StatelessFormat {

	@Override
	public String name() {
		return "stage";
	}

	@Override
	public String eventName(ProgressEvent event) {
		if (!event.isTerminal()) {
			return "progress";
		}
		return (event.state() == JobState.DONE) ? "done" : "error";
	}

	@Override
	public boolean usesBrowserEventNames() {
		return true;
	}

	@Override
	public Object data(ProgressEvent event) {
		if (event.state() == JobState.DONE) {
			return Map.of("jobId", event.jobId().value());
		}
		if (event.isTerminal()) {
			return Map.of("message", FormatSupport.reason(event));
		}
		JsonObject json = new JsonObject();
		json.with("jobId", event.jobId().value());
		json.with("stage", FormatSupport.step(event));
		json.with("percent", FormatSupport.percent(event));
		return json;
	}

	@Override
	public Object snapshot(ProgressEvent event) {
		return FormatSupport.withStatus(event, data(event));
	}

}
