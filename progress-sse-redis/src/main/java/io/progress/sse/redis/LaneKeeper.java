package io.progress.sse.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Makes lanes, mends them, and distributes the wanted channels over them, as
 * {@link Lanes} explains. What is not final and not concurrent is confined to one thread.
 */
final class LaneKeeper implements AutoCloseable {

	private static final long CHECK_MILLIS = 500;

	private static final long PAUSE_MILLIS = 100;

	private final Set<String> changed = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean settleDue = new AtomicBoolean();

	private final Map<RedisAddress, LaneServer> servers = new ConcurrentHashMap<>();

	private final Map<String, LaneServer> attached = new HashMap<>();

	private final LaneThread thread = new LaneThread();

	private final Lanes lanes;

	private final OwnClients clients;

	private final RedisLink link;

	private final Connector connector;

	private final LaneProbes probes;

	private final StoreCounters counters;

	private @Nullable ChannelServers owners;

	LaneKeeper(Lanes lanes, OwnClients clients, RedisLink link, Connector connector, String prefix,
			StoreCounters counters) {
		this.lanes = lanes;
		this.clients = clients;
		this.link = link;
		this.connector = connector;
		this.probes = new LaneProbes(link, prefix);
		this.counters = counters;
		this.thread.runEach(CHECK_MILLIS, this::check);
	}

	/** How many servers are listened to, or should be. */
	int servers() {
		return this.servers.size();
	}

	/** How many of them really are. */
	int lanes() {
		return (int) this.servers.values().stream().filter((server) -> server.lane() != null).count();
	}

	void lost(Lane lane) {
		this.thread.run(() -> onLost(lane));
	}

	void refused(Lane lane, List<String> channels) {
		this.thread.run(() -> onRefusal(lane, channels));
	}

	/** Waits until all lanes are closed. */
	@Override
	public void close() {
		CountDownLatch closed = new CountDownLatch(1);
		boolean open = this.thread.run(() -> {
			try {
				this.servers.clear();
				if (this.owners != null) {
					this.owners.close();
				}
			}
			finally {
				this.thread.close();
				closed.countDown();
			}
		});
		if (open) {
			Connector.await(closed, StoreSettings.COMMAND_TIMEOUT);
		}
	}

	/** Has a channel looked at that may have become wanted or unwanted. */
	void touch(String channel) {
		this.changed.add(channel);
		if (this.settleDue.compareAndSet(false, true)) {
			this.thread.run(this::settle);
		}
	}

	private void settle() {
		ChannelServers owners = this.owners;
		if (owners == null) {
			locate();
			return;
		}
		this.settleDue.set(false);
		List<String> homeless = new ArrayList<>();
		for (String channel : List.copyOf(this.changed)) {
			this.changed.remove(channel);
			if (!settle(channel, owners)) {
				homeless.add(channel);
			}
		}
		this.servers.values().forEach(this::flush);
		if (!homeless.isEmpty()) {
			owners.refresh();
			this.thread.runIn(PAUSE_MILLIS, () -> homeless.forEach(this::touch));
		}
	}

	/** Whether there is nothing more to do about a channel. */
	private boolean settle(String channel, ChannelServers owners) {
		try {
			if (this.lanes.isWanted(channel)) {
				return join(channel, owners);
			}
			leave(channel);
			return true;
		}
		catch (Throwable ex) {
			this.counters.failed(ex);
			return false;
		}
	}

	private void locate() {
		this.link.connection().subscribe((connection) -> this.thread.run(() -> {
			this.owners = new ChannelServers(this.clients, connection);
			settle();
		}), (ex) -> this.thread.runIn(PAUSE_MILLIS, this::settle));
	}

	private void leave(String channel) {
		LaneServer server = this.attached.remove(channel);
		if (server != null) {
			server.leave(channel);
		}
	}

	private boolean join(String channel, ChannelServers owners) {
		LaneServer server = this.attached.get(channel);
		if (server == null) {
			RedisAddress address = owners.ownerOf(channel);
			if (address == null) {
				return false;
			}
			server = this.servers.get(address);
			if (server == null) {
				server = new LaneServer(address);
				this.servers.put(address, server);
				connect(server, owners);
			}
			this.attached.put(channel, server);
		}
		server.join(channel);
		return true;
	}

	/** What fails is still to be done: the next {@link #check} tries again. */
	private void flush(LaneServer server) {
		Lane lane = server.lane();
		try {
			server.flush((channels, ex) -> {
				this.counters.failed(ex);
				if (lane != null) {
					refused(lane, channels);
				}
			});
		}
		catch (Throwable ex) {
			this.counters.failed(ex);
		}
	}

	private void connect(LaneServer server, ChannelServers owners) {
		RedisAddress address = server.address();
		try {
			LettuceConnectionFactory client = owners.client(address);
			String probe = this.probes.channel(address, owners);
			this.connector.run(
					() -> connect(server, () -> Lane.connect(address, owners.areSharded(), probe, client, this.lanes)));
		}
		catch (Throwable ex) {
			this.counters.failed(ex);
			reviveLater(server);
		}
	}

	/** Blocks. However it goes, the server is connected or another try comes. */
	private void connect(LaneServer server, Supplier<Lane> connection) {
		try {
			Lane lane = connection.get();
			if (!this.thread.run(() -> onConnected(server, lane))) {
				lane.close();
			}
		}
		catch (Throwable ex) {
			this.counters.failed(ex);
			this.thread.run(() -> reviveLater(server));
		}
	}

	private void onConnected(LaneServer server, Lane lane) {
		if (this.servers.get(server.address()) == server) {
			lane.subscribe(List.of(lane.probe()), (channels, ex) -> this.counters.failed(ex));
			server.connected(lane);
			flush(server);
			if (!lane.isOpen()) {
				onLost(lane);
			}
		}
		else {
			lane.close();
		}
	}

	private void onLost(Lane lane) {
		LaneServer server = this.servers.get(lane.address());
		if (server == null || server.lane() != lane) {
			return;
		}
		this.counters.laneLost();
		server.disconnect();
		server.channels().forEach(this.lanes::down);
		reviveLater(server);
	}

	private void reviveLater(LaneServer server) {
		if (this.owners != null) {
			this.owners.refresh();
			this.thread.runIn(server.nextPauseMillis(), () -> revive(server));
		}
	}

	private void revive(LaneServer server) {
		ChannelServers owners = this.owners;
		if (owners == null || this.servers.get(server.address()) != server) {
			return;
		}
		for (String channel : server.channels()) {
			if (!server.address().equals(owners.ownerOf(channel))) {
				this.attached.remove(channel, server);
				server.forget(channel);
				touch(channel);
			}
		}
		if (server.isEmpty()) {
			this.servers.remove(server.address());
		}
		else {
			connect(server, owners);
		}
	}

	private void onRefusal(Lane lane, List<String> channels) {
		LaneServer server = this.servers.get(lane.address());
		if (server == null || server.lane() != lane || this.owners == null) {
			return;
		}
		this.owners.refresh();
		for (String channel : channels) {
			if (this.attached.remove(channel, server)) {
				// A subscription that was given up may still arrive.
				server.leave(channel);
				this.lanes.down(channel);
				this.thread.runIn(PAUSE_MILLIS, () -> touch(channel));
			}
		}
		flush(server);
	}

	private void check() {
		for (LaneServer server : List.copyOf(this.servers.values())) {
			Lane lane = server.lane();
			if (lane == null) {
				continue;
			}
			if (server.isEmpty()) {
				this.servers.remove(server.address());
				server.disconnect();
			}
			else if (this.probes.isDead(lane)) {
				onLost(lane);
			}
			else {
				flush(server);
				this.probes.probe(lane);
			}
		}
	}

}
