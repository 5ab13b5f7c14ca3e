package io.progress.sse.test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.slf4j.LoggerFactory;

import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code -Dfaults.seed} sets the seed, {@code -Dfaults.events} the number of events.
 */
class ForeignFaultTests {

	/** An hour forward is an hour, but an hour back is none. */
	private static final Duration FOREVER = Duration.ofDays(3_650);

	private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

	@Test
	@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
	void eachJobEndsOnceWhateverCallBacksThrow() {
		run(20_000);
	}

	@Test
	@Tag("long")
	@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
	void eachOfVeryManyJobsEndsOnceWhateverCallBacksThrow() {
		run(Long.getLong("faults.events", 1_000_000));
	}

	/** Reads what is logged, which may throw, but shows none of it. */
	private static void hideLog(String name) {
		Logger logger = (Logger) LoggerFactory.getLogger(name);
		logger.setLevel(Level.WARN);
		logger.setAdditive(false);
	}

	private static void run(long events) {
		Stream.of("io.progress.sse", "reactor").forEach(ForeignFaultTests::hideLog);
		FaultyAppends store = new FaultyAppends(InMemoryProgressEventStore.builder()
			.clock(new JumpingClock())
			.eventRetention(FOREVER)
			.resultRetention(FOREVER)
			.build(), SEED);
		try (ForeignFaultRun run = new ForeignFaultRun(store, SEED)) {
			assertThat(run.violations(events, (wave) -> {
			})).as(() -> "" + run).isEmpty();
			System.out.println(run);
		}
	}

}
