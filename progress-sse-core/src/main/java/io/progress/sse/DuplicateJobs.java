package io.progress.sse;

/**
 * The rule for a job that is started under an id that another job already has.
 */
public enum DuplicateJobs {

	/** Always throw {@link DuplicateJobException}. */
	REJECT,

	/**
	 * If the other job has the same owner and still runs, in this process or (where the
	 * store supports it) in another one, the caller gets its handle and nothing runs a
	 * second time. If the other worker has given no sign of life for longer than its
	 * lease, the new job replaces it. In all other cases {@link DuplicateJobException} is
	 * thrown. Only for methods that return a handle rather than a result.
	 */
	JOIN,

	/**
	 * If the other job has the same owner and has ended, or its worker has given no sign
	 * of life for longer than its lease, the new job replaces it; otherwise
	 * {@link DuplicateJobException} is thrown. Of several callers that replace it at the
	 * same time one succeeds. In the process that ran it, a job has ended when
	 * {@link JobHandle#ended()} completes; for other processes, when the store holds its
	 * last event.
	 */
	REPLACE

}
