package io.progress.sse.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Those who want one id at the same time, with a store that is not in this process.
 */
class AdmissionRaceTests {

	private static final int ROUNDS = 10_000;

	private final Scheduler wire = Schedulers.newParallel("wire", 2);

	private final InMemoryProgressEventStore memory = InMemoryProgressEventStore.builder().build();

	private final ProgressTracker here = tracker();

	private final ProgressTracker there = tracker();

	private final ExecutorService callers = Executors.newFixedThreadPool(2);

	@AfterEach
	void close() {
		this.callers.shutdownNow();
		this.here.close();
		this.there.close();
		this.wire.dispose();
	}

	@Test
	void aJobCanBeReplacedFromTheMomentItsEndIsTold() {
		JobSpec spec = spec("again", DuplicateJobs.REPLACE);
		for (int round = 0; round < ROUNDS; round++) {
			ProgressJob job = this.here.open(spec);
			job.done();
			assertThat(job.ended()).isCompletedWithValue(JobState.DONE);
		}
		await().until(() -> this.memory.read(JobId.of("again"), null, 0).block().ended());
	}

	@Test
	void ofTwoNodesThatReplaceOneRunOneWins() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			ProgressJob first = this.here.open(spec("replaced-" + round, DuplicateJobs.REJECT));
			first.done();
			awaitEnd(first);
			JobSpec spec = spec("replaced-" + round, DuplicateJobs.REPLACE);
			List<Object> winners = atOnce(() -> open(this.here, spec), () -> open(this.there, spec));
			winners.removeIf((each) -> each instanceof DuplicateJobException);
			assertThat(winners).as("round " + round).hasSize(1);
			((ProgressJob) winners.get(0)).done();
			this.memory.delete(spec.id()).block();
		}
	}

	@Test
	void twoThatJoinAJobOfAnotherNodeGetThatJob() throws Exception {
		AtomicInteger runs = new AtomicInteger();
		for (int round = 0; round < ROUNDS; round++) {
			JobSpec spec = spec("joined-" + round, DuplicateJobs.JOIN);
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

	@Test
	void ofManyOnThreadsThatMustNotBlockOneGetsTheId() throws Exception {
		Scheduler loops = Schedulers.newParallel("loops", 4);
		try (ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.memory).build()) {
			for (int round = 0; round < ROUNDS / 10; round++) {
				JobSpec spec = spec("wanted-" + round, DuplicateJobs.REJECT);
				AtomicInteger winners = new AtomicInteger();
				CountDownLatch over = new CountDownLatch(32);
				for (int i = 0; i < 32; i++) {
					loops.schedule(() -> {
						if (open(tracker, spec) instanceof ProgressJob job) {
							winners.incrementAndGet();
							job.done();
						}
						over.countDown();
					});
				}
				assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
				assertThat(winners).as("round " + round).hasValue(1);
			}
		}
		finally {
			loops.dispose();
		}
	}

	@Test
	void aSubscriberThatLeavesDuringAdmissionEndsItsJob() {
		Scheduler subscribing = Schedulers.newParallel("subscribing", 2);
		JobSpec generated = JobSpec.named("test");
		for (int round = 0; round < 6 * ROUNDS; round++) {
			JobSpec spec = (round % 6 != 0) ? generated : generated.withId(JobId.of("left-" + round));
			Disposable subscriber = this.here.mono(spec, (progress) -> Mono.never())
				.subscribeOn(subscribing)
				.subscribe();
			long until = System.nanoTime() + ThreadLocalRandom.current().nextInt(30_000);
			while (System.nanoTime() < until) {
				Thread.onSpinWait();
			}
			subscriber.dispose();
		}
		await().atMost(Duration.ofSeconds(10)).until(() -> this.here.stats().runningJobs() == 0);
		subscribing.dispose();
	}

	private ProgressTracker tracker() {
		ProgressEventStore store = new DelayedStore(this.memory, this.wire);
		return ProgressTrackerBuilder.forStore(store).build();
	}

	private List<Object> atOnce(Callable<Object> one, Callable<Object> two) throws Exception {
		CyclicBarrier start = new CyclicBarrier(2);
		List<Object> results = new ArrayList<>();
		List<Future<Object>> calls = new ArrayList<>();
		for (Callable<Object> call : List.of(one, two)) {
			calls.add(this.callers.submit(() -> {
				start.await();
				return call.call();
			}));
		}
		for (Future<Object> call : calls) {
			results.add(call.get());
		}
		return results;
	}

	private static Object open(ProgressTracker tracker, JobSpec spec) {
		try {
			return tracker.open(spec);
		}
		catch (DuplicateJobException ex) {
			return ex;
		}
	}

	private void awaitEnd(JobHandle job) {
		while (!this.memory.read(job.id(), null, 0).block().ended()) {
			Thread.onSpinWait();
		}
	}

	private static JobSpec spec(String id, DuplicateJobs duplicates) {
		return JobSpec.named("test").withId(JobId.of(id)).onDuplicate(duplicates);
	}

}
