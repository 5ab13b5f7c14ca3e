package io.progress.sse;

/**
 * What happens when a job is started under an id that another one has.
 */
public enum DuplicateJobs {

	/** {@link DuplicateJobException}. */
	REJECT,

	/**
	 * While the other one runs, in this process and for the same owner, the caller gets
	 * its handle and nothing is run again; otherwise {@link DuplicateJobException}. Only
	 * where a handle, and no result, is given back.
	 */
	JOIN,

	/**
	 * Once the other one of the same owner has ended, or its worker is lost, the new one
	 * takes its place; otherwise {@link DuplicateJobException}.
	 */
	REPLACE

}
