package io.progress.sse.stream.format;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobError;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.stream.frame.EventTime;
import io.progress.sse.stream.frame.JsonObject;

/**
 * The format of progress-sse itself: all known values; unknown ones are left out.
 */
final class StandardFormat implements ProgressEventFormat {

	@Override
	public String name() {
		return ProgressEventFormats.STANDARD;
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
	 * Returns everything except the application's data and result.
	 */
	static Object outline(ProgressEvent event) {
		return json(event, false);
	}

	private static Object json(ProgressEvent event, boolean withAttachments) {
		JsonObject json = new JsonObject();
		json.with("jobId", event.jobId().value());
		json.with("job", event.job());
		json.withKnown("parent", (event.parent() != null) ? event.parent().value() : null);
		json.with("state", event.state().wireName());
		json.with("attempt", event.attempt());
		json.withKnown("phase", phase(event));
		json.withKnown("message", event.message());
		json.withKnown("progress", event.progress().fraction());
		json.withKnown("completed", event.progress().completed());
		json.withKnown("total", event.progress().total());
		json.withKnown("unit", event.progress().unit());
		json.withKnown("ratePerSecond", event.progress().ratePerSecond());
		json.withKnown("etaMs", (event.progress().eta() != null) ? event.progress().eta().toMillis() : null);
		json.withKnown("stalled", event.stalled() ? true : null);
		json.withKnown("coalesced", (event.coalesced() > 0) ? event.coalesced() : null);
		Note note = event.note();
		json.withKnown("note", (note != null)
				? new JsonObject().with("level", note.level().name().toLowerCase(Locale.ROOT)).with("text", note.text())
				: null);
		if (withAttachments) {
			json.withKnown("data", event.data().isEmpty() ? null : event.data());
			json.withKnown("result", event.result());
		}
		JobError error = event.error();
		json.withKnown("error",
				(error != null) ? new JsonObject().with("code", error.code()).with("message", error.message()) : null);
		json.withKnown("durationMs", (event.duration() != null) ? event.duration().toMillis() : null);
		return json.with("occurredAt", EventTime.write(event.occurredAt()) + "Z");
	}

	/**
	 * Returns the phase; {@code queued} before the first one.
	 */
	private static @Nullable String phase(ProgressEvent event) {
		return (event.phase() == null && event.state() == JobState.QUEUED) ? "queued" : event.phase();
	}

}
