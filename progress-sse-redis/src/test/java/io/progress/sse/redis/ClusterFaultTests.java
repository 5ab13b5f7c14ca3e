package io.progress.sse.redis;

import java.time.Duration;
import java.util.List;

import io.lettuce.core.KillArgs;
import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong with a cluster, and what comes of it.
 */
@Tag("long")
class ClusterFaultTests {

	private static final int JOBS = 30;

	private final RedisCluster cluster = new RedisCluster(RedisExecutable.INSTALLED, true);

	private final LettuceConnectionFactory connections = this.cluster.connectionFactory();

	private final RedisProgressEventStore writers = RedisProgressEventStore.builder(this.connections).build();

	private final RedisProgressEventStore watchers = RedisProgressEventStore.builder(this.connections).build();

	private final FaultRun run = new FaultRun(JOBS, this.writers, this.watchers);

	@AfterEach
	void stop() {
		this.run.close();
		this.writers.close();
		this.watchers.close();
		this.connections.destroy();
		this.cluster.close();
	}

	@Test
	void listeningConnectionsAreDropped() {
		this.run.each(Duration.ofMillis(700), 3, () -> {
			for (int i = 0; i < 3; i++) {
				this.cluster.master(i).call((redis) -> redis.clientKill(KillArgs.Builder.typePubsub()));
			}
		});
		assertThat(this.run.violations()).isEmpty();
		assertThat(this.watchers.status().lanesLost()).isPositive();
	}

	@Test
	void replicasTakeOverOneAfterTheOther() {
		for (int i = 0; i < 3; i++) {
			this.cluster.failOver(i);
			this.run.awaitEvents(10);
		}
		assertThat(this.run.violations()).isEmpty();
	}

	@Test
	void slotsMoveToOtherMasters() {
		List<Integer> slots = this.run.jobIds()
			.stream()
			.map((job) -> SlotHash.getSlot(JobKeys.channel("progress", job)))
			.distinct()
			.toList();
		for (int slot : slots.subList(0, slots.size() / 2)) {
			boolean last = this.cluster.ownerOf(slot) == this.cluster.master(2);
			this.cluster.move(slot, this.cluster.ownerOf(slot), this.cluster.master(last ? 0 : 2));
		}
		assertThat(this.run.violations()).isEmpty();
	}

	@Test
	void aMasterIsKilled() {
		this.cluster.master(0).kill();
		this.cluster.awaitRole(this.cluster.replica(0), "role:master");
		this.run.awaitEvents(3);
		assertThat(this.run.violations()).isEmpty();
	}

	@Test
	void aMasterIsKilledWhoseReplicaIsBehind() {
		this.cluster.replica(0).hang();
		this.cluster.master(0).call((redis) -> redis.clientKill(KillArgs.Builder.typeSlave()));
		this.run.awaitEvents(8);
		this.cluster.master(0).kill();
		this.cluster.replica(0).resume();
		this.cluster.awaitRole(this.cluster.replica(0), "role:master");
		this.run.awaitEvents(3);
		assertThat(this.run.violations()).isEmpty();
	}

	@Test
	void theEndIsLostWithItsMaster() {
		this.cluster.replica(0).hang();
		this.cluster.master(0).call((redis) -> redis.clientKill(KillArgs.Builder.typeSlave()));
		assertThat(this.run.violations()).isEmpty();
		this.cluster.master(0).kill();
		this.cluster.replica(0).resume();
		this.cluster.awaitRole(this.cluster.replica(0), "role:master");
		this.run.awaitEnds(this.watchers);
	}

}
