package io.progress.sse.redis;

/**
 * What happens on a lane, told on its connection's thread.
 */
interface LaneEvents {

	void subscribed(Lane lane, String channel);

	void unsubscribed(Lane lane, String channel);

	void message(String channel, byte[] payload);

	void lost(Lane lane);

}
