package io.progress.sse.stream.feed;

/**
 * A viewer as loops and feeds know it. All methods are called on the viewer's loop.
 */
interface Viewer {

	/**
	 * Hands over the events that there are, if there is room.
	 */
	void drainNow();

	/**
	 * Does what is due by now: heartbeats, the end of a wait or of the stream.
	 */
	void tick(long now);

	/**
	 * Sends something if the stream is the principal's, to find out whether its client is
	 * still there.
	 */
	void onProbe(String principal);

	/**
	 * Ends the stream if it is the principal's, who has logged out.
	 */
	void onLogout(String principal);

	/**
	 * Ends the stream because the node shuts down.
	 */
	void onShutdown();

	/**
	 * Releases everything without a signal.
	 */
	void leave();

}
