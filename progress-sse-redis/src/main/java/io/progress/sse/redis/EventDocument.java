package io.progress.sse.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.Decimals;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;

/**
 * The JSON of an event. Later versions may add fields, which earlier ones ignore; no
 * field changes its meaning.
 */
final class EventDocument {

	private static final int VERSION = 1;

	private EventDocument() {
	}

	static byte[] write(ProgressEvent event) {
		Progress progress = event.progress();
		return new Document().with("v", VERSION)
			.with("job", event.job())
			.withText("parent", event.parent())
			.withText("kind", event.kind().name())
			.withText("state", event.state().name())
			.with("attempt", (event.attempt() != 1) ? event.attempt() : null)
			.with("phase", event.phase())
			.with("message", event.message())
			.with("fraction", progress.fraction())
			.with("completed", progress.completed())
			.with("total", progress.total())
			.with("unit", progress.unit())
			.with("rate", progress.ratePerSecond())
			.withText("eta", progress.eta())
			.with("note", document(event.note()))
			.with("data", event.data().isEmpty() ? null : event.data())
			.with("result", event.result())
			.with("error", document(event.error()))
			.with("stalled", event.stalled() ? true : null)
			.with("coalesced", (event.coalesced() != 0) ? event.coalesced() : null)
			.withText("at", event.occurredAt())
			.withText("duration", event.duration())
			.write();
	}

	private static @Nullable Document document(@Nullable Note note) {
		return (note != null) ? new Document().with("level", note.level().name()).with("text", note.text()) : null;
	}

	private static @Nullable Document document(@Nullable JobError error) {
		return (error != null) ? new Document().with("code", error.code()).with("message", error.message()) : null;
	}

	static ProgressEvent read(JobId id, byte[] json) {
		Document document = Document.read(json);
		return new ProgressEvent(id, document.text("job"), document.optional("parent", JobId::of),
				document.required("kind", EventKind::valueOf), document.required("state", JobState::valueOf),
				document.integer("attempt", 1), document.optional("phase", String.class),
				document.optional("message", String.class), progress(document), note(document.object("note")),
				data(document), Decimals.narrow(document.value("result")), error(document.object("error")),
				Boolean.TRUE.equals(document.optional("stalled", Boolean.class)), document.integer("coalesced", 0),
				document.required("at", Instant::parse), document.optional("duration", Duration::parse));
	}

	private static Progress progress(Document document) {
		return new Progress(decimal(document, "fraction"), count(document, "completed"), count(document, "total"),
				document.optional("unit", String.class), decimal(document, "rate"),
				document.optional("eta", Duration::parse));
	}

	private static @Nullable Double decimal(Document document, String name) {
		Number number = document.optional(name, Number.class);
		return (number != null) ? number.doubleValue() : null;
	}

	private static @Nullable Long count(Document document, String name) {
		Number number = document.optional(name, Number.class);
		return (number != null) ? number.longValue() : null;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, @Nullable Object> data(Document document) {
		Map<String, @Nullable Object> data = document.optional("data", Map.class);
		if (data == null) {
			return Map.of();
		}
		Decimals.narrow(data);
		return data;
	}

	private static @Nullable Note note(@Nullable Document note) {
		return (note != null) ? new Note(note.required("level", Note.Level::valueOf), note.text("text")) : null;
	}

	private static @Nullable JobError error(@Nullable Document error) {
		return (error != null) ? new JobError(error.text("code"), error.text("message")) : null;
	}

}
