package io.progress.sse;

/**
 * What happens when a job is started under an id that another one has.
 */
public enum DuplicateJobs {

	/** {@link DuplicateJobException}. */
	REJECT,

	/**
	 * While the other one runs, the caller gets its handle and nothing is run again; once
	 * it has ended, {@link DuplicateJobException}. Only where a handle, and no result, is
	 * given back.
	 */
	JOIN,

	/**
	 * Once the other one has ended, the new one takes its place; while it runs,
	 * {@link DuplicateJobException}.
	 */
	REPLACE

}
