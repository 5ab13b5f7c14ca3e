package io.progress.sse.stream;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The connection of a stream, with operations that Reactive Streams does not have.
 */
public interface StreamConnection {

	/**
	 * Returns the executor on which frames are emitted: the connection's event loop, or
	 * another executor that runs tasks one after the other. Streams with the same
	 * executor are served together.
	 * @return the same executor each time
	 */
	Executor loop();

	/**
	 * Returns the kind of viewers behind it.
	 * @return the kind
	 */
	default ViewerKind kind() {
		return ViewerKind.SERVLET;
	}

	/**
	 * Whether the connection can take more frames. Called on the loop.
	 * @return {@code false} if earlier frames are not sent yet
	 */
	boolean isWritable();

	/**
	 * Limits the unsent bytes of the connection, and makes it close itself when the
	 * client has read nothing for some time. Called on the loop, before any other method.
	 * @param sendBuffer how many bytes may wait at most; 0 for the default
	 * @param stallTimeout after how much time the connection closes
	 */
	void limit(int sendBuffer, Duration stallTimeout);

	/**
	 * Closes the connection without sending the remaining bytes. Called on the loop.
	 */
	void abort();

}
