package io.progress.sse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.lettuce.core.MigrateArgs;
import io.lettuce.core.cluster.SlotHash;
import org.awaitility.Awaitility;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Three masters, each with a replica or without.
 */
final class RedisCluster implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int MASTERS = 3;

	private final List<RedisProcess> nodes = new ArrayList<>();

	RedisCluster(RedisExecutable executable, boolean replicas) {
		for (int i = 0; i < (replicas ? 2 * MASTERS : MASTERS); i++) {
			this.nodes.add(new RedisProcess(executable, "--cluster-enabled", "yes", "--cluster-node-timeout", "1500",
					"--cluster-config-file", "nodes.conf", "--repl-diskless-sync-delay", "0"));
		}
		RedisProcess first = this.nodes.get(0);
		this.nodes.forEach((node) -> first.call((redis) -> redis.clusterMeet("127.0.0.1", node.port())));
		for (int i = 0; i < MASTERS; i++) {
			int[] slots = IntStream.range(i * SlotHash.SLOT_COUNT / MASTERS, (i + 1) * SlotHash.SLOT_COUNT / MASTERS)
				.toArray();
			master(i).call((redis) -> redis.clusterAddSlots(slots));
		}
		awaitAll("cluster_known_nodes:" + this.nodes.size());
		for (int i = MASTERS; i < this.nodes.size(); i++) {
			String master = idOf(master(i - MASTERS));
			this.nodes.get(i).call((redis) -> redis.clusterReplicate(master));
		}
		awaitAll("cluster_state:ok");
		for (int i = MASTERS; i < this.nodes.size(); i++) {
			awaitRole(this.nodes.get(i), "master_link_status:up");
		}
	}

	List<RedisProcess> masters() {
		return this.nodes.subList(0, MASTERS);
	}

	RedisProcess master(int index) {
		return this.nodes.get(index);
	}

	RedisProcess replica(int index) {
		return this.nodes.get(MASTERS + index);
	}

	/** The replica takes over from its master, which is asked to let it. */
	void failOver(int index) {
		replica(index).call((redis) -> redis.clusterFailover(false));
		awaitRole(replica(index), "role:master");
	}

	void awaitRole(RedisProcess node, String wanted) {
		Awaitility.await()
			.atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> node.call((redis) -> redis.info("replication")).contains(wanted));
	}

	/** Moves a slot with all it holds from one master to another. */
	void move(int slot, RedisProcess from, RedisProcess to) {
		String source = idOf(from);
		String target = idOf(to);
		to.call((redis) -> redis.clusterSetSlotImporting(slot, source));
		from.call((redis) -> redis.clusterSetSlotMigrating(slot, target));
		List<String> keys = from.call((redis) -> redis.clusterGetKeysInSlot(slot, 1000));
		while (!keys.isEmpty()) {
			List<String> some = keys;
			from.call((redis) -> redis.migrate("127.0.0.1", to.port(), 0, 5000, MigrateArgs.Builder.keys(some)));
			keys = from.call((redis) -> redis.clusterGetKeysInSlot(slot, 1000));
		}
		to.call((redis) -> redis.clusterSetSlotNode(slot, target));
		from.call((redis) -> redis.clusterSetSlotNode(slot, target));
	}

	RedisProcess ownerOf(int slot) {
		return master(Math.min(MASTERS - 1, slot * MASTERS / SlotHash.SLOT_COUNT));
	}

	LettuceConnectionFactory connectionFactory() {
		RedisClusterConfiguration configuration = new RedisClusterConfiguration();
		this.nodes.forEach((node) -> configuration.clusterNode("127.0.0.1", node.port()));
		LettuceConnectionFactory factory = new LettuceConnectionFactory(configuration);
		factory.afterPropertiesSet();
		return factory;
	}

	@Override
	public void close() {
		this.nodes.forEach(RedisProcess::close);
	}

	private void awaitAll(String wanted) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.nodes.stream()
				.allMatch((node) -> node.call((redis) -> redis.clusterInfo()).contains(wanted)));
	}

	private static String idOf(RedisProcess node) {
		return node.call((redis) -> redis.clusterMyId());
	}

}
