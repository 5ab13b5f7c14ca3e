package io.progress.sse.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The state of a job at one moment. Each event is whole: a viewer that sees only the
 * newest one knows everything but the notes it missed.
 *
 * <p>
 * {@code data} and {@code result} hold plain JSON values only: {@code null}, text,
 * {@code Boolean}, {@code Number}, and lists and string-keyed maps of these.
 *
 * @param jobId the job
 * @param job its name
 * @param parent the job that it was started from
 * @param kind what may be done to the event under pressure
 * @param state where the job is in its life
 * @param attempt 1 for the first try
 * @param phase free text, or {@code null} before the first phase
 * @param message the status line
 * @param progress how far it is
 * @param note a line of its own; only on the event that brings it
 * @param data what the worker attached, newest value per key
 * @param result what came out; only on {@link JobState#DONE}
 * @param error why it failed; only on {@link JobState#FAILED}
 * @param stalled whether the worker is alive but nothing has moved for long
 * @param coalesced milestones that this event stands for beside itself, because they came
 * faster than anybody could read
 * @param occurredAt when it was so
 * @param duration how long the job ran; only on a terminal event
 */
public record ProgressEvent(JobId jobId, String job, @Nullable JobId parent, EventKind kind, JobState state,
		int attempt, @Nullable String phase, @Nullable String message, Progress progress, @Nullable Note note,
		Map<String, @Nullable Object> data, @Nullable Object result, @Nullable JobError error, boolean stalled,
		int coalesced, Instant occurredAt, @Nullable Duration duration) {

	/**
	 * Checks that kind and state agree.
	 * @throws IllegalArgumentException if a terminal state is not of kind
	 * {@link EventKind#TERMINAL} or the reverse
	 */
	public ProgressEvent {
		if (state.isTerminal() != (kind == EventKind.TERMINAL)) {
			throw new IllegalArgumentException("'kind' must be TERMINAL exactly for a terminal 'state', but job '"
					+ jobId + "' has " + kind + " with " + state);
		}
		data = copy(data);
	}

	/** Most events have little data or none, and stores hold many events. */
	private static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> data) {
		if (data.size() > 1) {
			return Collections.unmodifiableMap(new LinkedHashMap<>(data));
		}
		Map<String, @Nullable Object> copy = Map.of();
		for (Map.Entry<String, @Nullable Object> each : data.entrySet()) {
			copy = Collections.singletonMap(each.getKey(), each.getValue());
		}
		return copy;
	}

	/**
	 * Whether this is the last event of its job.
	 * @return {@code true} for kind {@link EventKind#TERMINAL}
	 */
	public boolean isTerminal() {
		return this.kind == EventKind.TERMINAL;
	}

	/**
	 * The same event, standing for another number of milestones.
	 * @param coalesced the number
	 * @return a changed copy
	 */
	public ProgressEvent withCoalesced(int coalesced) {
		return new ProgressEvent(this.jobId, this.job, this.parent, this.kind, this.state, this.attempt, this.phase,
				this.message, this.progress, this.note, this.data, this.result, this.error, this.stalled, coalesced,
				this.occurredAt, this.duration);
	}

	/**
	 * The same event without {@code data} and {@code result}, for stores that cannot take
	 * these.
	 * @return a changed copy
	 */
	public ProgressEvent withoutPayload() {
		return new ProgressEvent(this.jobId, this.job, this.parent, this.kind, this.state, this.attempt, this.phase,
				this.message, this.progress, this.note, Map.of(), null, this.error, this.stalled, this.coalesced,
				this.occurredAt, this.duration);
	}

	/**
	 * A builder for the event of a job.
	 * @param job the job
	 * @param state where it is in its life
	 * @param occurredAt when it was so
	 * @return a builder, of kind {@code TERMINAL} for a terminal state, otherwise
	 * {@code MILESTONE}
	 */
	public static Builder builder(JobInfo job, JobState state, Instant occurredAt) {
		return new Builder(job, state, occurredAt);
	}

	/**
	 * Assembles an event. Not for use by several threads.
	 */
	public static final class Builder {

		private final JobInfo job;

		private final JobState state;

		private final Instant occurredAt;

		private EventKind kind;

		private int attempt = 1;

		private @Nullable String phase;

		private @Nullable String message;

		private Progress progress = Progress.UNKNOWN;

		private @Nullable Note note;

		private Map<String, @Nullable Object> data = Map.of();

		private @Nullable Object result;

		private @Nullable JobError error;

		private boolean stalled;

		private int coalesced;

		private @Nullable Duration duration;

		private Builder(JobInfo job, JobState state, Instant occurredAt) {
			this.job = job;
			this.state = state;
			this.occurredAt = occurredAt;
			this.kind = state.isTerminal() ? EventKind.TERMINAL : EventKind.MILESTONE;
		}

		/**
		 * What may be done to the event under pressure.
		 * @param kind the kind
		 * @return this
		 */
		public Builder kind(EventKind kind) {
			this.kind = kind;
			return this;
		}

		/**
		 * Number of the try.
		 * @param attempt from 1
		 * @return this
		 */
		public Builder attempt(int attempt) {
			this.attempt = attempt;
			return this;
		}

		/**
		 * The phase.
		 * @param phase free text
		 * @return this
		 */
		public Builder phase(@Nullable String phase) {
			this.phase = phase;
			return this;
		}

		/**
		 * The status line.
		 * @param message free text
		 * @return this
		 */
		public Builder message(@Nullable String message) {
			this.message = message;
			return this;
		}

		/**
		 * How far the job is.
		 * @param progress the progress
		 * @return this
		 */
		public Builder progress(Progress progress) {
			this.progress = progress;
			return this;
		}

		/**
		 * A line that every viewer must see.
		 * @param note the note
		 * @return this
		 */
		public Builder note(@Nullable Note note) {
			this.note = note;
			return this;
		}

		/**
		 * What the worker attached.
		 * @param data plain JSON values; copied
		 * @return this
		 */
		public Builder data(Map<String, @Nullable Object> data) {
			this.data = data;
			return this;
		}

		/**
		 * What came out.
		 * @param result a plain JSON value
		 * @return this
		 */
		public Builder result(@Nullable Object result) {
			this.result = result;
			return this;
		}

		/**
		 * Why it failed.
		 * @param error the error
		 * @return this
		 */
		public Builder error(@Nullable JobError error) {
			this.error = error;
			return this;
		}

		/**
		 * Whether nothing has moved for long.
		 * @param stalled {@code true} if so
		 * @return this
		 */
		public Builder stalled(boolean stalled) {
			this.stalled = stalled;
			return this;
		}

		/**
		 * How many milestones this event stands for beside itself.
		 * @param coalesced 0 for most
		 * @return this
		 */
		public Builder coalesced(int coalesced) {
			this.coalesced = coalesced;
			return this;
		}

		/**
		 * How long the job ran.
		 * @param duration the duration
		 * @return this
		 */
		public Builder duration(@Nullable Duration duration) {
			this.duration = duration;
			return this;
		}

		/**
		 * The event.
		 * @return a new event
		 * @throws IllegalArgumentException if kind and state do not agree
		 */
		public ProgressEvent build() {
			return new ProgressEvent(this.job.id(), this.job.name(), this.job.parent(), this.kind, this.state,
					this.attempt, this.phase, this.message, this.progress, this.note, this.data, this.result,
					this.error, this.stalled, this.coalesced, this.occurredAt, this.duration);
		}

	}

}
