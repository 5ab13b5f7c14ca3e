package io.progress.sse.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The state of a job at one moment. Each event is complete: a viewer that sees only the
 * newest one knows everything except the notes it missed.
 *
 * <p>
 * {@code data} and {@code result} hold plain JSON values only: {@code null}, text,
 * {@code Boolean}, {@code Number}, and lists and string-keyed maps of these.
 *
 * @param jobId the job
 * @param job its name
 * @param parent the job that it was started from
 * @param kind whether a slow viewer may miss the event
 * @param state where the job is in its life
 * @param attempt 1 for the first try
 * @param phase free text, or {@code null} before the first phase
 * @param message the status line
 * @param progress the numbers
 * @param note a line that every viewer must see; only on the event that brings it
 * @param data what the worker attached, newest value per key
 * @param result the result of the work; only on {@link JobState#DONE}
 * @param error why it failed; only on {@link JobState#FAILED}
 * @param stalled whether the worker is alive but nothing has moved for long
 * @param coalesced how many earlier milestones were left out and are covered by this
 * event, because they came too fast
 * @param occurredAt the time of this state
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
	 * Returns the same event with another number of milestones that it covers.
	 * @param coalesced the number
	 * @return a changed copy
	 */
	public ProgressEvent withCoalesced(int coalesced) {
		return new ProgressEvent(this.jobId, this.job, this.parent, this.kind, this.state, this.attempt, this.phase,
				this.message, this.progress, this.note, this.data, this.result, this.error, this.stalled, coalesced,
				this.occurredAt, this.duration);
	}

	/**
	 * Returns the same event without {@code data} and {@code result}, for stores that
	 * cannot take these.
	 * @return a changed copy
	 */
	public ProgressEvent withoutPayload() {
		return new ProgressEvent(this.jobId, this.job, this.parent, this.kind, this.state, this.attempt, this.phase,
				this.message, this.progress, this.note, Map.of(), null, this.error, this.stalled, this.coalesced,
				this.occurredAt, this.duration);
	}

	/**
	 * Creates a builder for the event of a job.
	 * @param job the job
	 * @param state its state
	 * @param occurredAt the time of this state
	 * @return a builder, of kind {@code TERMINAL} for a terminal state, otherwise
	 * {@code MILESTONE}
	 */
	public static Builder builder(JobInfo job, JobState state, Instant occurredAt) {
		return new Builder(job, state, occurredAt);
	}

	/**
	 * Builds an event. Not for use by several threads.
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
		 * Sets whether a slow viewer may miss the event.
		 * @param kind the kind
		 * @return this
		 */
		public Builder kind(EventKind kind) {
			this.kind = kind;
			return this;
		}

		/**
		 * Sets the number of the attempt.
		 * @param attempt from 1
		 * @return this
		 */
		public Builder attempt(int attempt) {
			this.attempt = attempt;
			return this;
		}

		/**
		 * Sets the phase.
		 * @param phase free text
		 * @return this
		 */
		public Builder phase(@Nullable String phase) {
			this.phase = phase;
			return this;
		}

		/**
		 * Sets the status line.
		 * @param message free text
		 * @return this
		 */
		public Builder message(@Nullable String message) {
			this.message = message;
			return this;
		}

		/**
		 * Sets the numbers.
		 * @param progress the progress
		 * @return this
		 */
		public Builder progress(Progress progress) {
			this.progress = progress;
			return this;
		}

		/**
		 * Sets a line that every viewer must see.
		 * @param note the note
		 * @return this
		 */
		public Builder note(@Nullable Note note) {
			this.note = note;
			return this;
		}

		/**
		 * Sets the values that the worker attached.
		 * @param data plain JSON values; copied
		 * @return this
		 */
		public Builder data(Map<String, @Nullable Object> data) {
			this.data = data;
			return this;
		}

		/**
		 * Sets the result of the work.
		 * @param result a plain JSON value
		 * @return this
		 */
		public Builder result(@Nullable Object result) {
			this.result = result;
			return this;
		}

		/**
		 * Sets the reason of the failure.
		 * @param error the error
		 * @return this
		 */
		public Builder error(@Nullable JobError error) {
			this.error = error;
			return this;
		}

		/**
		 * Sets whether nothing has moved for long.
		 * @param stalled {@code true} if so
		 * @return this
		 */
		public Builder stalled(boolean stalled) {
			this.stalled = stalled;
			return this;
		}

		/**
		 * Sets how many left-out milestones this event covers.
		 * @param coalesced 0 for most
		 * @return this
		 */
		public Builder coalesced(int coalesced) {
			this.coalesced = coalesced;
			return this;
		}

		/**
		 * Sets how long the job ran.
		 * @param duration the duration
		 * @return this
		 */
		public Builder duration(@Nullable Duration duration) {
			this.duration = duration;
			return this;
		}

		/**
		 * Builds the event.
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
