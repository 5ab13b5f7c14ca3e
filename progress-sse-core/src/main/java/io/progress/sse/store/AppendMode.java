package io.progress.sse.store;

/**
 * The state in which a writer expects the job when it appends.
 */
public enum AppendMode {

	/**
	 * The job does not exist: the batch creates it. If another writer's job is there, the
	 * batch is {@link AppendResult.Status#FENCED refused}.
	 */
	CREATE,

	/**
	 * The job exists, belongs to this writer and has all events before the batch. If the
	 * store has lost some of them, the answer is {@link AppendResult.Status#MISSING}. A
	 * batch that begins with the writer's first event has no earlier events: it creates a
	 * job that does not exist, and takes over a running job from a lower token.
	 */
	CONTINUE,

	/**
	 * Any state: events that the store has lost cannot be sent again. Creates the job if
	 * necessary and accepts a gap in the writer's sequence numbers, but never in the ids.
	 */
	RESTORE,

	/**
	 * Possibly another run under the same id, ended or not: its events are deleted, its
	 * writer is fenced, and the ids start again at {@code n} = 1 with a higher
	 * {@code ms}. If the batch names the {@link EventBatch#replaced() newest event} of
	 * that run and another writer's job has a newer one, the batch is
	 * {@link AppendResult.Status#FENCED refused}: of two writers that replace the same
	 * run, one succeeds.
	 */
	REPLACE

}
