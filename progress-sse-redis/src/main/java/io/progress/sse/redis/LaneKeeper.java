package io.progress.sse.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Makes lanes, mends them, and distributes the wanted channels over them, as
 * {@link Lanes} explains. What is not final and not concurrent is confined to one thread.
 */
final class LaneKeeper implements AutoCloseable {

	private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long DEAD_NANOS = TimeUnit.SECONDS.toNanos(3);

	private static final long CHECK_MILLIS = 500;

	private static final long PAUSE_MILLIS = 100;

	private final Set<String> changed = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean settleDue = new AtomicBoolean();

	private final Map<RedisAddress, LaneServer> servers = new ConcurrentHashMap<>();

	private final Map<String, LaneServer> attached = new HashMap<>();

	private final Scheduler scheduler = Schedulers.newSingle("progress-redis-lanes", true);

	private final Lanes lanes;

	private final OwnClients clients;

	private final RedisLink link;

	private final String prefix;

	private final StoreCounters counters;

	private @Nullable ChannelServers owners;

	LaneKeeper(Lanes lanes, OwnClients clients, RedisLink link, String prefix, StoreCounters counters) {
		this.lanes = lanes;
		this.clients = clients;
		this.link = link;
		this.prefix = prefix;
		this.counters = counters;
		this.scheduler.schedulePeriodically(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
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
		post(() -> onLost(lane));
	}

	void refused(Lane lane, List<String> channels) {
		post(() -> onRefusal(lane, channels));
	}

	@Override
	public void close() {
		post(() -> {
			this.servers.clear();
			if (this.owners != null) {
				this.owners.close();
			}
			this.scheduler.dispose();
		});
	}

	/** Has a channel looked at that may have become wanted or unwanted. */
	void touch(String channel) {
		this.changed.add(channel);
		if (this.settleDue.compareAndSet(false, true)) {
			post(this::settle);
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
		for (Iterator<String> each = this.changed.iterator(); each.hasNext();) {
			String channel = each.next();
			each.remove();
			if (!this.lanes.isWanted(channel)) {
				leave(channel);
			}
			else if (!join(channel, owners)) {
				homeless.add(channel);
			}
		}
		this.servers.values().forEach(this::flush);
		if (!homeless.isEmpty()) {
			owners.refresh();
			post(() -> homeless.forEach(this::touch), PAUSE_MILLIS);
		}
	}

	private void locate() {
		this.link.connection().subscribe((connection) -> post(() -> {
			this.owners = new ChannelServers(this.clients, connection);
			settle();
		}), (ex) -> post(this::settle, PAUSE_MILLIS));
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

	private void flush(LaneServer server) {
		Lane lane = server.lane();
		server.flush((channels, ex) -> {
			this.counters.failed(ex);
			if (lane != null) {
				refused(lane, channels);
			}
		});
	}

	private void connect(LaneServer server, ChannelServers owners) {
		RedisAddress address = server.address();
		LettuceConnectionFactory client = owners.client(address);
		String probe = probeChannel(address, owners);
		Mono.fromCallable(() -> Lane.connect(address, owners.areSharded(), probe, client, this.lanes))
			.subscribeOn(Schedulers.boundedElastic())
			.subscribe((lane) -> post(() -> onConnected(server, lane)), (ex) -> {
				this.counters.failed(ex);
				post(() -> reviveLater(server));
			});
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
			post(() -> revive(server), server.nextPauseMillis());
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
				server.forget(channel);
				this.lanes.down(channel);
				post(() -> touch(channel), PAUSE_MILLIS);
			}
		}
	}

	private void check() {
		for (LaneServer server : List.copyOf(this.servers.values())) {
			Lane lane = server.lane();
			if (lane != null && server.isEmpty()) {
				this.servers.remove(server.address());
				server.disconnect();
			}
			else if (lane != null && lane.silentNanos() > DEAD_NANOS) {
				onLost(lane);
			}
			else if (lane != null && lane.silentNanos() > PROBE_NANOS) {
				probe(lane);
			}
		}
	}

	private void probe(Lane lane) {
		byte[] channel = JobKeys.bytes(lane.probe());
		this.link.call((redis) -> lane.isSharded() ? redis.spublish(channel, channel) : redis.publish(channel, channel))
			.subscribe((heard) -> {
			}, (ex) -> {
				// The lane is lost when nothing comes.
			});
	}

	/** A channel of one's own that lives on the given server. */
	private String probeChannel(RedisAddress address, ChannelServers owners) {
		String channel;
		int tries = 0;
		do {
			channel = this.prefix + ":{probe-" + UUID.randomUUID() + "}";
			tries++;
		}
		while (tries < 10_000 && !address.equals(owners.ownerOf(channel)));
		return channel;
	}

	private void post(Runnable task) {
		post(task, 0);
	}

	private void post(Runnable task, long delayMillis) {
		try {
			this.scheduler.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// Closed meanwhile.
		}
	}

}
