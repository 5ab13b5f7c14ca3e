package io.progress.sse.store;

import org.jspecify.annotations.Nullable;

/**
 * The answer of a store to a batch.
 *
 * @param status what became of it
 * @param latest id of the job's newest event; {@code null} if the store holds none
 * @param knownSequence the writer's own number of the newest of its events that the store
 * holds, 0 for none; with {@link Status#MISSING} the writer sends again from the next one
 * @param watched whether anyone listens to the job, as far as the store can tell;
 * {@code true} when in doubt
 */
public record AppendResult(Status status, @Nullable EventId latest, long knownSequence, boolean watched) {

	/** What can become of a batch. */
	public enum Status {

		/** Stored, now or by an earlier try of the same batch. */
		STORED,

		/** Not stored: the job had its terminal event before. Final. */
		ENDED,

		/** Not stored: the job belongs to another writer. Final. */
		FENCED,

		/** Not stored: earlier events of this writer are not there. */
		MISSING

	}

}
