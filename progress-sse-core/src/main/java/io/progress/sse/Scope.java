package io.progress.sse;

/**
 * A registration that lasts until it is closed, such as the current job of a thread or an
 * action for a cancellation. Closing it a second time does nothing.
 */
@FunctionalInterface
public interface Scope extends AutoCloseable {

	/** Ends it. Throws nothing. */
	@Override
	void close();

}
