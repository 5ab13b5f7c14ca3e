package io.progress.sse.batch;

/**
 * Implemented by an {@code ItemReader} that knows how many items it will return. Steps
 * that read from it show how far they are.
 */
@FunctionalInterface
public interface CountedReader {

	/**
	 * Returns how many items there are in all, including those that an earlier execution
	 * has read. Called on the thread of the step before the reader is opened. An
	 * exception is logged and counts as 0.
	 * @return the number of items; 0 or less if it is not known
	 */
	long itemCount();

}
