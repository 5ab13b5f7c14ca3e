package io.progress.sse.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.test.ForeignFaultRun;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Call-backs throw while Redis refuses writes inside its scripts, and is away for longer
 * than lease and grace. {@code -Dfaults.seed} sets the seed, {@code -Dfaults.events} the
 * number of events.
 */
@Tag("long")
abstract class ForeignFaultContract {

	private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

	private static final Duration LEASE = Duration.ofSeconds(1);

	private final RedisProcess redis;

	private final LettuceConnectionFactory connections;

	private final RedisProgressEventStore store;

	ForeignFaultContract(RedisExecutable executable) {
		this.redis = new RedisProcess(executable);
		this.connections = this.redis.connectionFactory();
		this.store = RedisProgressEventStore.builder(this.connections).lease(LEASE).grace(LEASE).build();
	}

	@AfterEach
	void stop() {
		this.store.close();
		this.connections.destroy();
		this.redis.close();
	}

	@Test
	@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
	void eachOfVeryManyJobsEndsOnceWhateverHappens() {
		Stream.of("io.progress.sse", "reactor", "io.lettuce").forEach(ForeignFaultContract::hideLog);
		try (ForeignFaultRun run = new ForeignFaultRun(this.store, SEED)) {
			assertThat(run.violations(Long.getLong("faults.events", 1_000_000), this::disturb)).as(() -> "" + run)
				.isEmpty();
			System.out.println(run);
		}
	}

	/** Reads what is logged, which may throw, but shows none of it. */
	private static void hideLog(String name) {
		Logger logger = (Logger) LoggerFactory.getLogger(name);
		logger.setLevel(Level.WARN);
		logger.setAdditive(false);
	}

	private void disturb(int wave) {
		switch (wave % 20) {
			case 1, 11 -> refuse((redis) -> redis.configSet("min-replicas-to-write", "1"),
					(redis) -> redis.configSet("min-replicas-to-write", "0"));
			case 4, 14 -> refuse((redis) -> redis.replicaof("127.0.0.1", 1), RedisCommands::replicaofNoOne);
			case 7, 17 ->
				refuse((redis) -> redis.aclSetuser("default", AclSetuserArgs.Builder.removeCommand(CommandType.XADD)),
						(redis) -> redis.aclSetuser("default", AclSetuserArgs.Builder.addCommand(CommandType.XADD)));
			case 9, 19 -> refuse(this::failToSave, (redis) -> redis.configSet("save", ""));
			case 2 -> {
				this.redis.hang();
				later(LEASE.toMillis() * 3, this.redis::resume);
			}
			default -> {
			}
		}
	}

	/** The script of an append runs, and is refused to write. */
	private void refuse(Function<RedisCommands<String, String>, String> begin,
			Function<RedisCommands<String, String>, String> end) {
		this.redis.call(begin);
		later(300, () -> this.redis.call(end));
	}

	/** From now on it refuses writes as long as it is to save. */
	private String failToSave(RedisCommands<String, String> redis) {
		this.redis.preventSaving();
		redis.configSet("save", "3600 1000000");
		return redis.bgsave();
	}

	private static void later(long millis, Runnable action) {
		CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(action);
	}

}
