package io.progress.sse.stream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

/**
 * Events without a name; a status in the data tells them apart.
 */
final class StatusFormat implements ProgressEventFormat {

	@Override
	public String name() {
		return "status";
	}

	@Override
	public @Nullable String eventName(ProgressEvent event) {
		return null;
	}

	@Override
	public Object data(ProgressEvent event) {
		JsonObject json = new JsonObject().with("status", Wording.status(event));
		if (event.state() == JobState.DONE) {
			json.put("progress", 100);
			json.put("message", event.message());
			json.put("step", Wording.step(event));
			json.put("data", event.result());
		}
		else if (event.isTerminal()) {
			json.put("progress", Wording.percent(event));
			json.put("message", Wording.reason(event));
		}
		else {
			json.put("progress", Wording.percent(event));
			json.put("message", event.message());
			json.put("step", Wording.step(event));
		}
		return json;
	}

}
