package io.progress.sse;

/**
 * Counts the items of a batch by how they ended. A failed item does not fail the job. All
 * methods may be called by many threads. The events carry the totals in their data as
 * {@code total_items}, {@code completed_items} (all that were dealt with),
 * {@code failed_items}, {@code skipped_items}, and the first 20 failures as
 * {@code failures}, their texts cut at 200 characters.
 */
public interface BatchProgress {

	/** One item more went well. */
	void succeeded();

	/**
	 * One item more went wrong.
	 * @param item which, as viewers know it
	 * @param publicReason why; goes to browsers as it is
	 */
	void failed(String item, String publicReason);

	/** One item more was left out. */
	void skipped();

	/**
	 * Fails the job if an item failed.
	 * @throws ProgressException with code {@code items-failed} and the counts
	 */
	void failIfAny();

}
