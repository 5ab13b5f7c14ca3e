package io.progress.sse.test;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;

import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventId;
import io.progress.sse.store.ProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stores under test, and the hooks by which the author of a store provides them. The
 * contract is a chain of classes, one for each topic, because an author extends one
 * class.
 */
abstract class StoreContract {

	static final String SEED_PROPERTY = "progress.sse.test.seed";

	static final Duration LONG = Duration.ofHours(1);

	final String run = UUID.randomUUID().toString();

	ProgressEventStore store;

	TestJob job;

	@SuppressWarnings("NullAway.Init")
	StoreContract() {
	}

	/**
	 * Makes a store. It keeps at least 500 milestones per job.
	 * @param eventsPerJob how many of a job's newest events are kept, at least; the store
	 * may keep up to ten times as many
	 * @param eventRetention how long they stay after the job's end
	 * @param resultRetention how long the final event stays after the job's end
	 * @return the store; the subclass must release it if necessary
	 */
	protected abstract ProgressEventStore createStore(int eventsPerJob, Duration eventRetention,
			Duration resultRetention);

	/**
	 * Lets time pass for the created stores: moves their clock or waits.
	 * @param duration how long: some seconds at most, or lease and grace of a store that
	 * has them
	 */
	protected abstract void passTime(Duration duration);

	/**
	 * Sets the clock of the stores back, if that is possible.
	 * @param duration how far
	 * @return whether it was set back; if not, that test is skipped
	 */
	protected boolean setClockBack(Duration duration) {
		return false;
	}

	@BeforeEach
	void makeStore() {
		use(createStore(100, LONG, LONG));
	}

	final void use(ProgressEventStore store) {
		this.store = store;
		this.job = new TestJob(store, JobId.of("job-" + this.run), 10);
	}

	static EventId latest(AppendResult result) {
		assertThat(result.status()).isEqualTo(Status.STORED);
		return Objects.requireNonNull(result.latest(), "latest");
	}

}
