package io.progress.sse;

/**
 * Counts the items of a batch by how they ended. A failed item does not fail the job. All
 * methods may be called by many threads. The events carry the totals in their data as
 * {@code total_items}, {@code completed_items} (those that succeeded, failed or were
 * skipped), {@code failed_items}, {@code skipped_items}, and the first 20 failures as
 * {@code failures}, their texts cut at 200 characters.
 */
public interface BatchProgress {

	/** Counts one more item that succeeded. */
	void succeeded();

	/**
	 * Counts one more item that failed.
	 * @param item its name, as viewers know it
	 * @param publicReason why; goes to browsers as it is
	 */
	void failed(String item, String publicReason);

	/** Counts one more item that was skipped. */
	void skipped();

	/**
	 * Throws if an item has failed, which fails the job.
	 * @throws ProgressException with code {@code items-failed} and the counts
	 */
	void failIfAny();

}
