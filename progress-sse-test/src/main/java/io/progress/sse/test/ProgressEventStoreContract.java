package io.progress.sse.test;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;

import io.progress.sse.store.LeasedProgressEventStore;
import io.progress.sse.store.LosslessProgressEventStore;
import io.progress.sse.store.ProgressEventStore;

/**
 * The contract of each {@link ProgressEventStore}, as tests. The author of a store
 * extends this class and implements two methods: one creates a store, the other lets time
 * pass.
 *
 * <pre class="code">
 * class MyProgressEventStoreTests extends ProgressEventStoreContract {
 *
 *     &#64;Override
 *     protected ProgressEventStore createStore(int eventsPerJob, Duration eventRetention, Duration resultRetention) { … }
 *
 *     &#64;Override
 *     protected void passTime(Duration duration) { … }
 *
 * }
 * </pre>
 *
 * For a store that is a {@link LosslessProgressEventStore} or a
 * {@link LeasedProgressEventStore} the tests of those contracts run, too; for others they
 * are skipped.
 *
 * <p>
 * Each test uses job ids of its own, so that stores may share a server that is never
 * emptied. The random runs print their seed when they fail; the system property
 * {@code progress.sse.test.seed} repeats them.
 */
public abstract class ProgressEventStoreContract extends LeaseContract {

	/** Creates the contract. */
	protected ProgressEventStoreContract() {
	}

	@Test
	void losesAndDoublesNothingWhenWritersRepeatThemselvesOnManyThreads() {
		new ConcurrencyWitness(this.store, this.run).run();
	}

	@Test
	void doesWhatTheModelDoes() {
		long seed = Long.getLong(SEED_PROPERTY, ThreadLocalRandom.current().nextLong());
		new RandomRun(this.store, this.run, seed, () -> passTime(Duration.ofMillis(2))).run();
	}

}
