package io.progress.sse.stream;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The connection behind a stream, with what Reactive Streams cannot express.
 */
public interface StreamConnection {

	/**
	 * The executor on which frames are emitted: the connection's event loop, or any other
	 * that runs tasks one after the other. Streams with the same executor are served
	 * together.
	 * @return the same executor each time
	 */
	Executor loop();

	/**
	 * Whether the connection has room. Asked on the loop.
	 * @return {@code false} if earlier frames are still to be sent
	 */
	boolean isWritable();

	/**
	 * Asks the connection to keep little unsent, and to break by itself when its client
	 * has taken nothing of it for some time. Called on the loop, first.
	 * @param sendBuffer how many bytes to keep at most; 0 for whatever is usual
	 * @param stallTimeout after how much time to break
	 */
	void limit(int sendBuffer, Duration stallTimeout);

	/**
	 * Cuts the connection without sending what is left. Called on the loop.
	 */
	void abort();

}
