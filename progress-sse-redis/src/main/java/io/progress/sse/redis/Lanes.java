package io.progress.sse.redis;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Keeps the channels that somebody wants subscribed to, whatever happens to connections
 * and servers.
 * <ol>
 * <li>{@link #open} and {@link #close} note what is wanted and leave word that the
 * channel has changed.</li>
 * <li>The {@link LaneKeeper} goes through the changed channels and subscribes or
 * unsubscribes on the lane to the channel's server, which is made if need be.</li>
 * <li>The server's acknowledgement, and nothing less, makes a channel ready.</li>
 * <li>A lane that is lost takes its channels down and is made again after a pause, for
 * those channels that still belong to its server.</li>
 * <li>A slot that moves and a subscription that is refused take the channel down and make
 * it a changed one. In both cases the cluster is asked who serves what.</li>
 * <li>A lane on which nothing came for a second is sent a message to its own channel, by
 * the connection for commands; if that does not come either, the lane is lost.</li>
 * </ol>
 */
final class Lanes implements LaneEvents {

	private final Map<String, LaneListener> wanted = new ConcurrentHashMap<>();

	private final Supplier<LaneKeeper> keepers;

	private volatile LaneKeeper keeper;

	Lanes(OwnClients clients, RedisLink link, Connector connector, String prefix, StoreCounters counters) {
		this.keepers = () -> new LaneKeeper(this, clients, link, connector, prefix, counters);
		this.keeper = this.keepers.get();
	}

	/** Subscribes again to all that is wanted. */
	void start() {
		this.keeper = this.keepers.get();
		this.wanted.keySet().forEach(this.keeper::touch);
	}

	/** Closes all lanes, which takes their channels down. */
	void stop() {
		this.keeper.close();
		this.wanted.keySet().forEach(this::down);
	}

	void open(String channel, LaneListener listener) {
		this.wanted.put(channel, listener);
		this.keeper.touch(channel);
	}

	void close(String channel) {
		this.wanted.remove(channel);
		this.keeper.touch(channel);
	}

	boolean isWanted(String channel) {
		return this.wanted.containsKey(channel);
	}

	/** How many servers are listened to, or should be. */
	int servers() {
		return this.keeper.servers();
	}

	/** How many of them really are. */
	int up() {
		return this.keeper.lanes();
	}

	/** How many channels are wanted. */
	int channels() {
		return this.wanted.size();
	}

	@Override
	public void subscribed(Lane lane, String channel) {
		LaneListener listener = this.wanted.get(channel);
		if (listener != null) {
			listener.ready();
		}
	}

	@Override
	public void unsubscribed(Lane lane, String channel) {
		if (isWanted(channel)) {
			this.keeper.refused(lane, List.of(channel));
		}
	}

	@Override
	public void message(String channel, byte[] payload) {
		LaneListener listener = this.wanted.get(channel);
		if (listener != null) {
			listener.message(payload);
		}
	}

	@Override
	public void lost(Lane lane) {
		this.keeper.lost(lane);
	}

	void down(String channel) {
		LaneListener listener = this.wanted.get(channel);
		if (listener != null) {
			listener.down();
		}
	}

}
