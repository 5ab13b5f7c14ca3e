package io.progress.sse.store;

import org.jspecify.annotations.Nullable;

/**
 * The answer of a store to a batch.
 *
 * @param status whether the batch was stored
 * @param latest id of the job's newest event; {@code null} if the store holds none
 * @param knownSequence the writer's own number of the newest of its events that the store
 * holds, 0 for none; after {@link Status#MISSING} the writer sends all events after it
 * again
 * @param watched whether the job has listeners, as far as the store can tell;
 * {@code true} when in doubt
 */
public record AppendResult(Status status, @Nullable EventId latest, long knownSequence, boolean watched) {

	/** The possible answers to a batch. */
	public enum Status {

		/** Stored, now or by an earlier try of the same batch. */
		STORED,

		/** Not stored: the job already has its terminal event. Final. */
		ENDED,

		/** Not stored: the job belongs to another writer. Final. */
		FENCED,

		/** Not stored: the store lacks earlier events of this writer. */
		MISSING

	}

}
