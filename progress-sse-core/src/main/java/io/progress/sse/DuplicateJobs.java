package io.progress.sse;

/**
 * The rule for a job that is started under an id that another one has.
 */
public enum DuplicateJobs {

	/** {@link DuplicateJobException}. */
	REJECT,

	/**
	 * While the other one of the same owner runs, here or, as far as the store leads
	 * there, in another process, the caller gets its handle and nothing is run again. If
	 * its worker has not been heard of for longer than its lease, the new one takes its
	 * place. Otherwise {@link DuplicateJobException}. Only where a handle, and no result,
	 * is given back.
	 */
	JOIN,

	/**
	 * Once the other one of the same owner has ended, or its worker has not been heard of
	 * for longer than its lease, the new one takes its place; otherwise
	 * {@link DuplicateJobException}. Of several that come at once, one does. In the other
	 * one's process it has ended when {@link JobHandle#ended()} completes, in others when
	 * the store has its end.
	 */
	REPLACE

}
