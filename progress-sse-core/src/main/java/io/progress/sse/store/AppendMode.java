package io.progress.sse.store;

/**
 * The state of a job that a writer expects when it appends.
 */
public enum AppendMode {

	/**
	 * Nothing: the batch creates the job. If another writer's job is there, the batch is
	 * {@link AppendResult.Status#FENCED refused}.
	 */
	CREATE,

	/**
	 * Its own job, holding everything up to the batch. If the store has forgotten some of
	 * it, the answer is {@link AppendResult.Status#MISSING}. A batch that begins with the
	 * writer's first event lacks nothing: it makes a job that is not there, and takes
	 * over a running one from a lower token.
	 */
	CONTINUE,

	/**
	 * Whatever is left: what the store has forgotten cannot be sent again. Creates the
	 * job if need be and accepts a hole in the writer's sequence, never in the ids.
	 */
	RESTORE,

	/**
	 * Possibly another run under the same id, ended or not: its events are dropped, its
	 * writer is fenced, and the ids start again at {@code n} = 1 with a higher
	 * {@code ms}. If the batch names the {@link EventBatch#replaced() newest event} of
	 * that run and another writer's job has a newer one, the batch is
	 * {@link AppendResult.Status#FENCED refused}: of two that replace the same run, one
	 * does.
	 */
	REPLACE

}
