package io.progress.sse.redis.pubsub;

import java.util.concurrent.atomic.LongAdder;

import io.progress.sse.redis.connection.RedisLink;

/**
 * Keeps channels subscribed to as long as they have a listener, whatever happens to
 * connections and servers.
 * <ol>
 * <li>{@link #open} and {@link #close} note which channels are wanted and which have
 * changed.</li>
 * <li>The {@link SubscriptionManager} goes through the changed channels and subscribes or
 * unsubscribes on the connection to the channel's server, which it makes if need be.</li>
 * <li>A channel is ready when the server has acknowledged the subscription, not
 * before.</li>
 * <li>When a connection is lost, its channels are down. It is made again after a pause,
 * for those channels that still belong to its server.</li>
 * <li>When a slot moves or a subscription is refused, the channel is down and counts as
 * changed. In both cases the cluster is asked again which server serves which slot.</li>
 * <li>When nothing came on a connection for a second, a message is sent to its own
 * channel, over the connection for commands. If that message does not come either, the
 * connection is lost.</li>
 * </ol>
 */
public final class ChannelSubscriptions {

	private final WantedChannels wanted = new WantedChannels();

	private final LongAdder lost = new LongAdder();

	private final RedisLink link;

	private final String prefix;

	private volatile SubscriptionManager manager;

	/**
	 * Creates the subscriptions; nothing is connected before a channel is wanted.
	 * @param link makes connections, and sends the messages that show whether they live
	 * @param prefix what all channels begin with
	 */
	public ChannelSubscriptions(RedisLink link, String prefix) {
		this.link = link;
		this.prefix = prefix;
		this.manager = newManager();
	}

	private SubscriptionManager newManager() {
		return new SubscriptionManager(this.wanted, this.link, this.prefix, this.lost::increment);
	}

	/** Subscribes again to all channels that are wanted. */
	public void start() {
		this.manager = newManager();
		this.wanted.names().forEach(this.manager::touch);
	}

	/** Closes all connections; their channels are down. */
	public void stop() {
		this.manager.close();
		this.wanted.names().forEach(this.wanted::down);
	}

	public void open(String channel, ChannelListener listener) {
		this.wanted.add(channel, listener);
		this.manager.touch(channel);
	}

	public void close(String channel) {
		this.wanted.remove(channel);
		this.manager.touch(channel);
	}

	/** Number of servers that should be listened to. */
	public int servers() {
		return this.manager.servers();
	}

	/** Number of servers that are listened to. */
	public int connections() {
		return this.manager.connections();
	}

	/** Number of channels that have a listener. */
	public int channels() {
		return this.wanted.size();
	}

	/** Number of connections that were lost. */
	public long connectionsLost() {
		return this.lost.sum();
	}

}
