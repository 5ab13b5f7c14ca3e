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
 * An event as it is written. Fields may be added in later versions and are ignored by
 * earlier ones; none changes its meaning.
 */
record EventDocument(int v, String job, @Nullable String parent, EventKind kind, JobState state,
		@Nullable Integer attempt, @Nullable String phase, @Nullable String message, @Nullable Double fraction,
		@Nullable Long completed, @Nullable Long total, @Nullable String unit, @Nullable Double rate,
		@Nullable Duration eta, @Nullable NoteDocument note, @Nullable Map<String, @Nullable Object> data,
		@Nullable Object result, @Nullable ErrorDocument error, @Nullable Boolean stalled, @Nullable Integer coalesced,
		Instant at, @Nullable Duration duration) {

	private static final int VERSION = 1;

	static EventDocument of(ProgressEvent event) {
		Progress progress = event.progress();
		Note note = event.note();
		JobError error = event.error();
		return new EventDocument(VERSION, event.job(), (event.parent() != null) ? event.parent().value() : null,
				event.kind(), event.state(), (event.attempt() != 1) ? event.attempt() : null, event.phase(),
				event.message(), progress.fraction(), progress.completed(), progress.total(), progress.unit(),
				progress.ratePerSecond(), progress.eta(),
				(note != null) ? new NoteDocument(note.level(), note.text()) : null,
				event.data().isEmpty() ? null : event.data(), event.result(),
				(error != null) ? new ErrorDocument(error.code(), error.message()) : null,
				event.stalled() ? true : null, (event.coalesced() != 0) ? event.coalesced() : null, event.occurredAt(),
				event.duration());
	}

	ProgressEvent toEvent(JobId id) {
		return new ProgressEvent(id, this.job, (this.parent != null) ? JobId.of(this.parent) : null, this.kind,
				this.state, (this.attempt != null) ? this.attempt : 1, this.phase, this.message,
				new Progress(this.fraction, this.completed, this.total, this.unit, this.rate, this.eta),
				(this.note != null) ? new Note(this.note.level(), this.note.text()) : null,
				(this.data != null) ? narrow(this.data) : Map.of(), Decimals.narrow(this.result),
				(this.error != null) ? new JobError(this.error.code(), this.error.message()) : null,
				this.stalled != null && this.stalled, (this.coalesced != null) ? this.coalesced : 0, this.at,
				this.duration);
	}

	private static Map<String, @Nullable Object> narrow(Map<String, @Nullable Object> data) {
		Decimals.narrow(data);
		return data;
	}

	record NoteDocument(Note.Level level, String text) {
	}

	record ErrorDocument(String code, String message) {
	}

}
