package io.progress.sse.redis;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two nodes that want the same id.
 */
class DuplicateJobTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private final RedisProgressEventStore hereStore = store(Duration.ofSeconds(6));

	private final RedisProgressEventStore thereStore = store(Duration.ofSeconds(6));

	private final ProgressTracker here = ProgressTrackerBuilder.forStore(this.hereStore).build();

	private final ProgressTracker there = ProgressTrackerBuilder.forStore(this.thereStore).build();

	private final ExecutorService callers = Executors.newFixedThreadPool(2);

	@AfterEach
	void close() {
		this.callers.shutdownNow();
		this.here.close();
		this.there.close();
		this.hereStore.close();
		this.thereStore.close();
	}

	@Test
	void areReplacedFromTheMomentTheirEndIsTold() throws Exception {
		replaceInARow(200);
	}

	@Test
	void areReplacedByOneOfTwo() throws Exception {
		replaceAtOnce(200);
	}

	@Test
	void areJoinedByAllWhoCome() throws Exception {
		joinAtOnce(200);
	}

	@Test
	@Tag("long")
	void areReplacedAndJoinedTenThousandTimes() throws Exception {
		replaceInARow(10_000);
		replaceAtOnce(10_000);
		joinAtOnce(10_000);
	}

	@Test
	void areFoundByAnInterruptedThread() {
		JobSpec spec = spec(DuplicateJobs.REJECT);
		this.there.open(spec);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> this.here.open(spec));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void areRunAgainIfTheirWorkerIsGone() {
		JobSpec spec = spec(DuplicateJobs.JOIN);
		openAndDie(spec, () -> {
		});
		Awaitility.await().atMost(PATIENCE).until(() -> this.hereStore.read(spec.id(), null, 0).block().overdue());
		JobHandle job = this.here.start(spec, (progress) -> "result");
		assertThat(job.ended().toCompletableFuture()).succeedsWithin(PATIENCE).isEqualTo(JobState.DONE);
		Awaitility.await().atMost(PATIENCE).until(() -> this.hereStore.read(spec.id(), null, 0).block().ended());
	}

	@Test
	void areLostToThoseWhoHaveJoinedIfTheirWorkerIsGone() {
		JobSpec spec = spec(DuplicateJobs.JOIN);
		AtomicReference<JobHandle> joined = new AtomicReference<>();
		openAndDie(spec, () -> joined.set(this.here.start(spec, (progress) -> null)));
		JobHandle job = joined.get();
		assertThat(job.state()).isEqualTo(JobState.RUNNING);
		assertThat(job.ended().toCompletableFuture()).succeedsWithin(PATIENCE).isEqualTo(JobState.LOST);
	}

	/**
	 * Opens a job on a node that is gone soon after, without a word.
	 */
	private static void openAndDie(JobSpec spec, Runnable before) {
		RedisProgressEventStore store = store(Duration.ofSeconds(2));
		ProgressTracker tracker = ProgressTrackerBuilder.forStore(store).flushTimeout(Duration.ZERO).build();
		tracker.open(spec).begin();
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> store.read(spec.id(), null, 0).block().latest().event().state() == JobState.RUNNING);
		before.run();
		store.close();
		tracker.close();
	}

	private void replaceInARow(int rounds) throws Exception {
		JobSpec spec = spec(DuplicateJobs.REPLACE);
		for (int round = 0; round < rounds; round++) {
			assertThat(this.here.<Integer>run(spec, (progress) -> 1)).isEqualTo(1);
		}
	}

	private void replaceAtOnce(int rounds) throws Exception {
		for (int round = 0; round < rounds; round++) {
			JobSpec spec = spec(DuplicateJobs.REPLACE);
			this.here.open(spec).done();
			Awaitility.await()
				.atMost(PATIENCE)
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> this.hereStore.read(spec.id(), null, 0).block().ended());
			List<Object> winners = atOnce(() -> open(this.here, spec), () -> open(this.there, spec));
			assertThat(winners).as("round " + round).filteredOn(ProgressJob.class::isInstance).hasSize(1);
			winners.stream().filter(ProgressJob.class::isInstance).forEach((job) -> ((ProgressJob) job).done());
		}
	}

	private void joinAtOnce(int rounds) throws Exception {
		AtomicInteger runs = new AtomicInteger();
		for (int round = 0; round < rounds; round++) {
			JobSpec spec = spec(DuplicateJobs.JOIN);
			ProgressJob job = this.there.open(spec);
			job.begin();
			Callable<Object> join = () -> this.here.start(spec, (progress) -> runs.incrementAndGet());
			for (Object handle : atOnce(join, join)) {
				assertThat(((JobHandle) handle).state().isTerminal()).as("round " + round).isFalse();
			}
			job.done();
		}
		assertThat(runs).hasValue(0);
	}

	private List<Object> atOnce(Callable<Object> one, Callable<Object> two) throws Exception {
		CyclicBarrier start = new CyclicBarrier(2);
		Future<Object> first = this.callers.submit(() -> {
			start.await();
			return one.call();
		});
		Future<Object> second = this.callers.submit(() -> {
			start.await();
			return two.call();
		});
		return List.of(first.get(), second.get());
	}

	private static Object open(ProgressTracker tracker, JobSpec spec) {
		try {
			return tracker.open(spec);
		}
		catch (DuplicateJobException ex) {
			return ex;
		}
	}

	private static JobSpec spec(DuplicateJobs duplicates) {
		return JobSpec.named("test").withId(JobId.of(UUID.randomUUID().toString())).onDuplicate(duplicates);
	}

	private static RedisProgressEventStore store(Duration lease) {
		return RedisProgressEventStore.builder(redis.connections()).lease(lease).grace(Duration.ofMillis(200)).build();
	}

}
