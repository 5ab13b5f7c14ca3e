package io.progress.sse.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;

/**
 * Events of one job, one after the other, from one writer.
 *
 * @param job the complete description of the job, so that a store that lost it can create
 * it again
 * @param writer the token of the writer
 * @param firstSequence the writer's own number of the first event, from 1; the others
 * follow without a gap
 * @param events at least one; a terminal event can only be the last
 * @param mode the state in which the writer expects the job
 * @param replaced with {@link AppendMode#REPLACE}, the newest event of the run to
 * replace; {@code null} for any run, and with the other modes
 */
public record EventBatch(JobInfo job, WriterToken writer, long firstSequence, List<ProgressEvent> events,
		AppendMode mode, @Nullable EventId replaced) {

	/**
	 * Checks and copies.
	 * @throws IllegalArgumentException if there are no events, the first sequence is less
	 * than 1, or an event follows a terminal one
	 */
	public EventBatch {
		events = List.copyOf(events);
		if (events.isEmpty() || firstSequence < 1) {
			throw new IllegalArgumentException("'events' must not be empty and 'firstSequence' must be at least 1, but "
					+ "a batch for job '" + job.id() + "' has " + events.size() + " events from " + firstSequence);
		}
		for (int i = 0; i < events.size() - 1; i++) {
			if (events.get(i).isTerminal()) {
				throw new IllegalArgumentException("No event may follow the terminal event of job '" + job.id() + "'");
			}
		}
	}

	/**
	 * Creates a batch that does not replace a particular run.
	 * @param job the job
	 * @param writer the token of the writer
	 * @param firstSequence the writer's own number of the first event
	 * @param events the events
	 * @param mode the state in which the writer expects the job
	 */
	public EventBatch(JobInfo job, WriterToken writer, long firstSequence, List<ProgressEvent> events,
			AppendMode mode) {
		this(job, writer, firstSequence, events, mode, null);
	}

	/**
	 * Returns the writer's own number of the last event.
	 * @return at least {@link #firstSequence()}
	 */
	public long lastSequence() {
		return this.firstSequence + this.events.size() - 1;
	}

}
