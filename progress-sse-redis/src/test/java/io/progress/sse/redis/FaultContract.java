package io.progress.sse.redis;

import java.time.Duration;

import io.lettuce.core.KillArgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong with one Redis server, and what comes of it: nothing that a watcher
 * would notice.
 */
abstract class FaultContract {

	private static final int JOBS = 30;

	private final RedisProcess redis;

	private final TcpProxy proxy;

	private final LettuceConnectionFactory direct;

	private final LettuceConnectionFactory proxied;

	private RedisProgressEventStore writers;

	private RedisProgressEventStore watchers;

	private FaultRun run;

	FaultContract(RedisExecutable executable) {
		this.redis = new RedisProcess(executable);
		this.proxy = new TcpProxy(this.redis.port());
		this.direct = this.redis.connectionFactory();
		this.proxied = RedisProcess.connectionFactory(this.proxy.port());
	}

	@BeforeEach
	void start() {
		this.writers = RedisProgressEventStore.builder(this.direct).build();
		this.watchers = RedisProgressEventStore.builder(this.proxied).build();
		this.run = new FaultRun(JOBS, this.writers, this.watchers);
	}

	@AfterEach
	void stop() {
		this.run.close();
		this.writers.close();
		this.watchers.close();
		this.direct.destroy();
		this.proxied.destroy();
		this.proxy.close();
		this.redis.close();
	}

	@Test
	void listeningConnectionsAreDroppedAgainAndAgain() {
		this.run.each(Duration.ofMillis(500), 6,
				() -> this.redis.call((redis) -> redis.clientKill(KillArgs.Builder.typePubsub())));
		assertThat(this.run.violations()).isEmpty();
		assertThat(this.watchers.status().lanesLost()).isPositive();
	}

	@Test
	void allConnectionsAreDroppedAgainAndAgain() {
		this.run.each(Duration.ofSeconds(1), 4, () -> this.redis.call((redis) -> {
			redis.clientKill(KillArgs.Builder.typePubsub());
			return redis.clientKill(KillArgs.Builder.typeNormal().skipme());
		}));
		assertThat(this.run.violations()).isEmpty();
	}

	@Test
	void redisHangs() {
		this.run.during(Duration.ofSeconds(3), this.redis::hang, this.redis::resume);
		assertThat(this.run.violations()).isEmpty();
		assertThat(this.writers.status().failures().get("timeout")).isPositive();
	}

	@Test
	void redisCrashesAndLosesEverything() {
		this.run.during(Duration.ofSeconds(1), this.redis::kill, this.redis::start);
		assertThat(this.run.violations()).isEmpty();
		assertThat(this.writers.status().appends().get("missing")).isPositive();
	}

	@Test
	void memoryIsFull() {
		this.run.during(Duration.ofSeconds(2), () -> this.redis.call((redis) -> redis.configSet("maxmemory", "1")),
				() -> this.redis.call((redis) -> redis.configSet("maxmemory", "0")));
		assertThat(this.run.violations()).isEmpty();
		assertThat(this.writers.status().failures().get("out_of_memory")).isPositive();
	}

	@Test
	void scriptsAreForgottenAgainAndAgain() {
		this.run.each(Duration.ofMillis(100), 20, () -> this.redis.call((redis) -> redis.scriptFlush()));
		assertThat(this.run.violations()).isEmpty();
		assertThat(this.writers.status().failures().get("no_script")).isPositive();
	}

	@Test
	void theWatchersNodeIsPartitioned() {
		this.run.during(Duration.ofSeconds(5), () -> this.proxy.become(TcpProxy.Mode.SWALLOWS),
				() -> this.proxy.become(TcpProxy.Mode.GOOD));
		assertThat(this.run.violations()).isEmpty();
	}

	@Test
	void theWatchersNodeTakesNothingForAWhile() {
		this.run.during(Duration.ofSeconds(5), () -> this.proxy.become(TcpProxy.Mode.STALLS),
				() -> this.proxy.become(TcpProxy.Mode.GOOD));
		assertThat(this.run.violations()).isEmpty();
	}

}
