package io.progress.sse.redis;

import java.time.Duration;
import java.util.List;

import io.lettuce.core.KillArgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.store.ProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fault runs must be able to fail.
 */
@Tag("long")
class MutantTests {

	private static final int JOBS = 10;

	private final RedisProcess redis = new RedisProcess(RedisExecutable.BUNDLED);

	private final LettuceConnectionFactory connections = this.redis.connectionFactory();

	private final RedisProgressEventStore store = RedisProgressEventStore.builder(this.connections).build();

	@AfterEach
	void stop() {
		this.store.close();
		this.connections.destroy();
		this.redis.close();
	}

	/**
	 * A quick machine is back before anything was said: then the connections are dropped
	 * once more.
	 */
	@Test
	void eventsAreMissingWithoutCatchingUp() {
		List<String> violations = List.of();
		for (int i = 0; i < 10 && violations.isEmpty(); i++) {
			try (FaultRun run = new FaultRun(JOBS, this.store, this.store, Mutants.WITHOUT_CATCH_UP)) {
				run.each(Duration.ofMillis(2), 1_000,
						() -> this.redis.call((redis) -> redis.clientKill(KillArgs.Builder.typePubsub())));
				violations = run.violations(Duration.ofSeconds(5));
			}
		}
		assertThat(violations).isNotEmpty();
	}

	@Test
	void eventsComeTwiceWithoutIdempotency() {
		ProgressEventStore mutant = Mutants.withoutIdempotency(this.store);
		try (FaultRun run = new FaultRun(1, mutant, this.store)) {
			run.during(Duration.ofSeconds(3), this.redis::hang, this.redis::resume);
			assertThat(run.violations(Duration.ofSeconds(5))).isNotEmpty();
		}
	}

	/** What is written again has other numbers only where not all of it is kept. */
	@Test
	void eventsAreMissingWithoutTheChainCheck() {
		try (FaultRun run = new FaultRun(JOBS, this.store, this.store, Mutants.WITHOUT_CHAIN_CHECK)) {
			run.awaitEvents(70);
			this.redis.call((redis) -> redis.flushall());
			assertThat(run.violations(Duration.ofSeconds(5))).isNotEmpty();
		}
	}

}
