package io.progress.sse.redis.pubsub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.redis.connection.RedisAddress;
import io.progress.sse.redis.connection.RedisLink;

/**
 * Opens connections, replaces lost ones, and distributes the wanted channels over them,
 * as {@link ChannelSubscriptions} explains. Fields that are neither final nor concurrent
 * are used only on one thread.
 */
final class SubscriptionManager implements PubSubConnection.Events, AutoCloseable {

	private static final long CHECK_MILLIS = 500;

	private static final long PAUSE_MILLIS = 100;

	private final Set<String> changed = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean settleDue = new AtomicBoolean();

	private final Map<RedisAddress, ServerSubscriptions> servers = new ConcurrentHashMap<>();

	private final Map<String, ServerSubscriptions> attached = new HashMap<>();

	private final SubscriptionThread thread = new SubscriptionThread();

	private final WantedChannels wanted;

	private final RedisLink link;

	private final ConnectionProbe probes;

	private final Runnable onLoss;

	private @Nullable ChannelTopology topology;

	/**
	 * Creates and starts a manager.
	 * @param wanted the channels to subscribe to
	 * @param link opens connections
	 * @param prefix the beginning of all channels
	 * @param onLoss runs each time a connection was lost
	 */
	SubscriptionManager(WantedChannels wanted, RedisLink link, String prefix, Runnable onLoss) {
		this.wanted = wanted;
		this.link = link;
		this.probes = new ConnectionProbe(link, prefix);
		this.onLoss = onLoss;
		this.thread.runEach(CHECK_MILLIS, this::check);
	}

	/** Returns how many servers need a connection. */
	int servers() {
		return this.servers.size();
	}

	/** Returns how many servers have an open connection. */
	int connections() {
		return (int) this.servers.values().stream().filter((server) -> server.connection() != null).count();
	}

	@Override
	public void subscribed(String channel) {
		this.wanted.subscribed(channel);
	}

	@Override
	public void message(String channel, byte[] payload) {
		this.wanted.message(channel, payload);
	}

	@Override
	public void refused(PubSubConnection connection, String channel) {
		if (this.wanted.contains(channel)) {
			refused(connection, List.of(channel));
		}
	}

	private void refused(PubSubConnection connection, List<String> channels) {
		this.thread.run(() -> onRefusal(connection, channels));
	}

	@Override
	public void lost(PubSubConnection connection) {
		this.thread.run(() -> onLost(connection));
	}

	/** Waits until all connections are closed. */
	@Override
	public void close() {
		CountDownLatch closed = new CountDownLatch(1);
		boolean open = this.thread.run(() -> {
			try {
				this.servers.clear();
				if (this.topology != null) {
					this.topology.close();
				}
			}
			finally {
				this.thread.close();
				closed.countDown();
			}
		});
		if (open) {
			await(closed);
		}
	}

	private static void await(CountDownLatch closed) {
		try {
			var ignored = closed.await(RedisLink.COMMAND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Schedules a check of a channel that may have become wanted or unwanted. */
	void touch(String channel) {
		this.changed.add(channel);
		if (this.settleDue.compareAndSet(false, true)) {
			this.thread.run(this::settle);
		}
	}

	private void settle() {
		ChannelTopology topology = this.topology;
		if (topology == null) {
			locate();
			return;
		}
		this.settleDue.set(false);
		List<String> unserved = new ArrayList<>();
		for (String channel : List.copyOf(this.changed)) {
			this.changed.remove(channel);
			if (!settle(channel, topology)) {
				unserved.add(channel);
			}
		}
		this.servers.values().forEach(this::flush);
		if (!unserved.isEmpty()) {
			topology.refresh();
			this.thread.runIn(PAUSE_MILLIS, () -> unserved.forEach(this::touch));
		}
	}

	/** Whether nothing more needs to be done for a channel. */
	private boolean settle(String channel, ChannelTopology topology) {
		try {
			if (this.wanted.contains(channel)) {
				return join(channel, topology);
			}
			leave(channel);
			return true;
		}
		catch (Throwable ex) {
			this.link.failed(ex);
			return false;
		}
	}

	private void locate() {
		this.link.connection().subscribe((connection) -> this.thread.run(() -> {
			this.topology = new ChannelTopology(this.link, connection);
			settle();
		}), (ex) -> this.thread.runIn(PAUSE_MILLIS, this::settle));
	}

	private void leave(String channel) {
		ServerSubscriptions server = this.attached.remove(channel);
		if (server != null) {
			server.leave(channel);
		}
	}

	private boolean join(String channel, ChannelTopology topology) {
		ServerSubscriptions server = this.attached.get(channel);
		if (server == null) {
			RedisAddress address = topology.ownerOf(channel);
			if (address == null) {
				return false;
			}
			server = this.servers.get(address);
			if (server == null) {
				server = new ServerSubscriptions(address);
				this.servers.put(address, server);
				connect(server, topology);
			}
			this.attached.put(channel, server);
		}
		server.join(channel);
		return true;
	}

	/** After a failure the next {@link #check} tries again. */
	private void flush(ServerSubscriptions server) {
		PubSubConnection connection = server.connection();
		try {
			server.flush((channels, ex) -> {
				this.link.failed(ex);
				if (connection != null) {
					refused(connection, channels);
				}
			});
		}
		catch (Throwable ex) {
			this.link.failed(ex);
		}
	}

	private void connect(ServerSubscriptions server, ChannelTopology topology) {
		RedisAddress address = server.address();
		try {
			LettuceConnectionFactory client = topology.client(address);
			String probe = this.probes.channel(address, topology);
			this.link.runBlocking(() -> connect(server,
					() -> PubSubConnection.connect(address, topology.areSharded(), probe, client, this)));
		}
		catch (Throwable ex) {
			this.link.failed(ex);
			reviveLater(server);
		}
	}

	/** Connects to a server. Blocks. If it fails, another try is scheduled. */
	private void connect(ServerSubscriptions server, Supplier<PubSubConnection> opening) {
		try {
			PubSubConnection connection = opening.get();
			if (!this.thread.run(() -> onConnected(server, connection))) {
				connection.close();
			}
		}
		catch (Throwable ex) {
			this.link.failed(ex);
			this.thread.run(() -> reviveLater(server));
		}
	}

	private void onConnected(ServerSubscriptions server, PubSubConnection connection) {
		if (this.servers.get(server.address()) == server) {
			connection.subscribe(List.of(connection.probe()), (channels, ex) -> this.link.failed(ex));
			server.connected(connection);
			flush(server);
			if (!connection.isOpen()) {
				onLost(connection);
			}
		}
		else {
			connection.close();
		}
	}

	private void onLost(PubSubConnection connection) {
		ServerSubscriptions server = this.servers.get(connection.address());
		if (server == null || server.connection() != connection) {
			return;
		}
		this.onLoss.run();
		server.disconnect();
		server.channels().forEach(this.wanted::down);
		reviveLater(server);
	}

	private void reviveLater(ServerSubscriptions server) {
		if (this.topology != null) {
			this.topology.refresh();
			this.thread.runIn(server.nextPauseMillis(), () -> revive(server));
		}
	}

	private void revive(ServerSubscriptions server) {
		ChannelTopology topology = this.topology;
		if (topology == null || this.servers.get(server.address()) != server) {
			return;
		}
		for (String channel : server.channels()) {
			if (!server.address().equals(topology.ownerOf(channel))) {
				this.attached.remove(channel, server);
				server.forget(channel);
				touch(channel);
			}
		}
		if (server.isEmpty()) {
			this.servers.remove(server.address());
		}
		else {
			connect(server, topology);
		}
	}

	private void onRefusal(PubSubConnection connection, List<String> channels) {
		ServerSubscriptions server = this.servers.get(connection.address());
		if (server == null || server.connection() != connection || this.topology == null) {
			return;
		}
		this.topology.refresh();
		for (String channel : channels) {
			if (this.attached.remove(channel, server)) {
				// A subscription that is no longer wanted may still arrive.
				server.leave(channel);
				this.wanted.down(channel);
				this.thread.runIn(PAUSE_MILLIS, () -> touch(channel));
			}
		}
		flush(server);
	}

	private void check() {
		for (ServerSubscriptions server : List.copyOf(this.servers.values())) {
			PubSubConnection connection = server.connection();
			if (connection == null) {
				continue;
			}
			if (server.isEmpty()) {
				this.servers.remove(server.address());
				server.disconnect();
			}
			else if (this.probes.isDead(connection)) {
				onLost(connection);
			}
			else {
				flush(server);
				this.probes.probe(connection);
			}
		}
	}

}
