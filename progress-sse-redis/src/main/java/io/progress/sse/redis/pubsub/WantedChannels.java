package io.progress.sse.redis.pubsub;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The channels that have a listener. Passes their events on; events of other channels are
 * dropped.
 */
final class WantedChannels implements PubSubListener.Channels {

	private final Map<String, ChannelListener> listeners = new ConcurrentHashMap<>();

	void add(String channel, ChannelListener listener) {
		this.listeners.put(channel, listener);
	}

	void remove(String channel) {
		this.listeners.remove(channel);
	}

	boolean contains(String channel) {
		return this.listeners.containsKey(channel);
	}

	Set<String> names() {
		return this.listeners.keySet();
	}

	int size() {
		return this.listeners.size();
	}

	@Override
	public void subscribed(String channel) {
		ChannelListener listener = this.listeners.get(channel);
		if (listener != null) {
			listener.ready();
		}
	}

	@Override
	public void message(String channel, byte[] payload) {
		ChannelListener listener = this.listeners.get(channel);
		if (listener != null) {
			listener.message(payload);
		}
	}

	void down(String channel) {
		ChannelListener listener = this.listeners.get(channel);
		if (listener != null) {
			listener.down();
		}
	}

}
