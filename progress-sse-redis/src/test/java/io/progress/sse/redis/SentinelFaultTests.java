package io.progress.sse.redis;

import io.lettuce.core.KillArgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong with a master that sentinels watch over, and what comes of it.
 */
@Tag("long")
class SentinelFaultTests {

	private static final int JOBS = 30;

	private final RedisSentinels redis = new RedisSentinels(RedisExecutable.BUNDLED);

	private final LettuceConnectionFactory connections = this.redis.connectionFactory();

	private final RedisProgressEventStore writers = RedisProgressEventStore.builder(this.connections).build();

	private final RedisProgressEventStore watchers = RedisProgressEventStore.builder(this.connections).build();

	private final FaultRun run = new FaultRun(JOBS, this.writers, this.watchers);

	@AfterEach
	void stop() {
		this.run.close();
		this.writers.close();
		this.watchers.close();
		this.connections.destroy();
		this.redis.close();
	}

	@Test
	void theMasterIsKilled() {
		this.redis.master().kill();
		this.redis.awaitFailover();
		this.run.awaitEvents(5);
		assertThat(this.run.violations()).isEmpty();
		assertThat(this.watchers.status().healthy()).isTrue();
	}

	@Test
	void theMasterIsKilledWhoseReplicaIsBehind() {
		this.redis.replica().hang();
		this.redis.master().call((redis) -> redis.clientKill(KillArgs.Builder.typeSlave()));
		this.run.awaitEvents(8);
		this.redis.master().kill();
		this.redis.replica().resume();
		this.redis.awaitFailover();
		this.run.awaitEvents(5);
		assertThat(this.run.violations()).isEmpty();
		assertThat(this.writers.status().appends().get("missing")).isPositive();
	}

	@Test
	void aMasterThatHungReturnsAsAReplica() {
		this.redis.master().hang();
		this.redis.awaitFailover();
		this.run.awaitEvents(5);
		this.redis.master().resume();
		this.run.awaitEvents(10);
		assertThat(this.run.violations()).isEmpty();
		assertThat(this.watchers.status().healthy()).isTrue();
	}

}
