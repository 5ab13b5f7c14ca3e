package io.progress.sse.redis.pubsub;

import java.util.concurrent.atomic.LongAdder;

import io.progress.sse.redis.connection.RedisLink;

/**
 * Keeps channels subscribed as long as they have a listener, even if connections or
 * servers fail.
 * <ol>
 * <li>{@link #open} and {@link #close} note which channels are wanted and which have
 * changed.</li>
 * <li>The {@link SubscriptionManager} goes through the changed channels and subscribes or
 * unsubscribes on the connection to the channel's server, which it opens if
 * necessary.</li>
 * <li>A channel is ready when the server has acknowledged the subscription, not
 * before.</li>
 * <li>When a connection is lost, its channels are down. It is opened again after a pause,
 * for the channels that still belong to its server.</li>
 * <li>When a slot moves or a subscription is refused, the channel is down and counts as
 * changed. In both cases the cluster is asked again which server serves which slot.</li>
 * <li>When nothing was received on a connection for a second, a message is sent to its
 * own channel, through the connection for commands. If that message is not received
 * either, the connection counts as lost.</li>
 * </ol>
 */
public final class ChannelSubscriptions {

	private final WantedChannels wanted = new WantedChannels();

	private final LongAdder lost = new LongAdder();

	private final RedisLink link;

	private final String prefix;

	private volatile SubscriptionManager manager;

	/**
	 * Creates the subscriptions; they connect when the first channel is wanted.
	 * @param link opens connections, and sends the messages that test them
	 * @param prefix the beginning of all channels
	 */
	public ChannelSubscriptions(RedisLink link, String prefix) {
		this.link = link;
		this.prefix = prefix;
		this.manager = newManager();
	}

	private SubscriptionManager newManager() {
		return new SubscriptionManager(this.wanted, this.link, this.prefix, this.lost::increment);
	}

	/** Subscribes again to all wanted channels. */
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

	/** Returns how many servers need a connection. */
	public int servers() {
		return this.manager.servers();
	}

	/** Returns how many servers have an open connection. */
	public int connections() {
		return this.manager.connections();
	}

	/** Returns how many channels have a listener. */
	public int channels() {
		return this.wanted.size();
	}

	/** Returns how many connections were lost. */
	public long connectionsLost() {
		return this.lost.sum();
	}

}
