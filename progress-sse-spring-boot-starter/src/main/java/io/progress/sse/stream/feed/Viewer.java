package io.progress.sse.stream.feed;

/**
 * A viewer, as loops and feeds see it. All methods are called on the viewer's loop.
 */
interface Viewer {

	/**
	 * Emits the available events, if there is room.
	 */
	void drainNow();

	/**
	 * Does what is due: heartbeats, the end of waiting or of the stream.
	 */
	void tick(long now);

	/**
	 * Writes something if the stream belongs to the principal, to find out whether its
	 * client is still connected.
	 */
	void onProbe(String principal);

	/**
	 * Ends the stream if it belongs to the principal, who has logged out.
	 */
	void onLogout(String principal);

	/**
	 * Ends the stream because the node shuts down.
	 */
	void onShutdown();

	/**
	 * Releases all resources without a signal.
	 */
	void leave();

}
