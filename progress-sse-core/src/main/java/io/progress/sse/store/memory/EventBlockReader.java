package io.progress.sse.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;

/**
 * Reads the events of an {@link EventBlock}, which describes the format.
 */
final class EventBlockReader {

	private final PackedInput in;

	private ProgressEvent last;

	private int changed;

	EventBlockReader(PackedInput in, ProgressEvent blank) {
		this.in = in;
		this.last = blank;
	}

	ProgressEvent next() {
		ProgressEvent before = this.last;
		this.changed = this.in.fixedInt();
		JobId jobId = field(before.jobId());
		String job = field(before.job());
		JobId parent = nullable(before.parent());
		EventKind kind = field(before.kind());
		JobState state = field(before.state());
		int attempt = field(before.attempt());
		String phase = nullable(before.phase());
		String message = nullable(before.message());
		Progress progress = progress(before.progress());
		Note note = nullable(before.note());
		Map<String, @Nullable Object> data = field(before.data());
		Object result = nullable(before.result());
		JobError error = nullable(before.error());
		boolean stalled = field(before.stalled());
		int coalesced = field(before.coalesced());
		Duration duration = nullable(before.duration());
		Instant occurredAt = before.occurredAt().plus(this.in.duration());
		this.last = new ProgressEvent(jobId, job, parent, kind, state, attempt, phase, message, progress, note, data,
				result, error, stalled, coalesced, occurredAt, duration);
		return this.last;
	}

	private Progress progress(Progress before) {
		boolean same = (this.changed & 0b111111) == 0;
		Double fraction = nullable(before.fraction());
		Long completed = nullable(before.completed());
		Long total = nullable(before.total());
		String unit = nullable(before.unit());
		Double rate = nullable(before.ratePerSecond());
		Duration eta = nullable(before.eta());
		return same ? before : new Progress(fraction, completed, total, unit, rate, eta);
	}

	/** Reads a field, or keeps the previous value if it did not change. */
	@SuppressWarnings("unchecked")
	private <T> @Nullable T nullable(@Nullable T before) {
		boolean differs = (this.changed & 1) != 0;
		this.changed >>>= 1;
		return differs ? (T) this.in.value() : before;
	}

	private <T> T field(T before) {
		T field = nullable(before);
		if (field == null) {
			throw new IllegalStateException("A field that is never null must not be stored as null");
		}
		return field;
	}

}
