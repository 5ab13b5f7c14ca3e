package io.progress.sse.stream;

import java.time.temporal.ChronoUnit;

import io.progress.sse.event.JobError;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;

/**
 * The format of progress-sse itself: all that is known, nothing that is not.
 */
final class StandardFormat implements ProgressEventFormat {

	@Override
	public String name() {
		return "standard";
	}

	@Override
	public String eventName(ProgressEvent event) {
		return event.isTerminal() ? event.state().wireName() : "progress";
	}

	@Override
	public Object data(ProgressEvent event) {
		return json(event, true);
	}

	/**
	 * Everything but what the application attached.
	 */
	static Object outline(ProgressEvent event) {
		return json(event, false);
	}

	private static Object json(ProgressEvent event, boolean withAttachments) {
		JsonObject json = new JsonObject();
		json.put("jobId", event.jobId().value());
		json.put("job", event.job());
		json.putIfKnown("parent", (event.parent() != null) ? event.parent().value() : null);
		json.put("state", event.state().wireName());
		json.put("attempt", event.attempt());
		json.putIfKnown("phase", Wording.phase(event));
		json.putIfKnown("message", event.message());
		json.putIfKnown("progress", event.progress().fraction());
		json.putIfKnown("completed", event.progress().completed());
		json.putIfKnown("total", event.progress().total());
		json.putIfKnown("unit", event.progress().unit());
		json.putIfKnown("ratePerSecond", event.progress().ratePerSecond());
		json.putIfKnown("etaMs", (event.progress().eta() != null) ? event.progress().eta().toMillis() : null);
		json.putIfKnown("stalled", event.stalled() ? true : null);
		json.putIfKnown("coalesced", (event.coalesced() > 0) ? event.coalesced() : null);
		Note note = event.note();
		json.putIfKnown("note",
				(note != null) ? new JsonObject().with("level", Wording.level(note)).with("text", note.text()) : null);
		if (withAttachments) {
			json.putIfKnown("data", event.data().isEmpty() ? null : event.data());
			json.putIfKnown("result", event.result());
		}
		JobError error = event.error();
		json.putIfKnown("error",
				(error != null) ? new JsonObject().with("code", error.code()).with("message", error.message()) : null);
		json.putIfKnown("durationMs", (event.duration() != null) ? event.duration().toMillis() : null);
		return json.with("occurredAt", event.occurredAt().truncatedTo(ChronoUnit.MILLIS).toString());
	}

}
