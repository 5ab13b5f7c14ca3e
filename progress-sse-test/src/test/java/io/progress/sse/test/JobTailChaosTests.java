package io.progress.sse.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.tail.JobTail;

import static org.assertj.core.api.Assertions.assertThat;

class JobTailChaosTests {

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void showsEveryEventOnceAndInOrderThroughChaos(long seed) {
		ChaosRun run = new ChaosRun(seed, 1_000, ChaosRun.storeOf(1_000), ChaosRun::goodTail);
		assertThat(run.violations()).isEmpty();
	}

	@Test
	void showsEveryEventOnceAndInOrderThroughChaosNeverSeenBefore() {
		long seed = Long.getLong(StoreContract.SEED_PROPERTY, ThreadLocalRandom.current().nextLong());
		ChaosRun run = new ChaosRun(seed, 500, ChaosRun.storeOf(500), ChaosRun::goodTail);
		assertThat(run.violations()).as("-D%s=%d", StoreContract.SEED_PROPERTY, seed).isEmpty();
	}

	@Test
	void saysWhatItCouldNotShowBecauseItWasTrimmed() {
		List<TailChecker> checkers = new ChaosRun(4, 1_000,
				InMemoryProgressEventStore.builder().eventsPerJob(5).milestonesPerJob(16).build(), ChaosRun::goodTail)
			.run();
		assertThat(checkers).allSatisfy((checker) -> {
			assertThat(checker.violations()).isEmpty();
			assertThat(checker.isComplete()).isTrue();
		});
		assertThat(checkers).anySatisfy((checker) -> assertThat(checker.resets()).isPositive());
	}

	@Test
	void missesTicksOnlyHoweverFewEventsAreKept() {
		LongPredicate ticks = (n) -> n % 10 != 0;
		List<TailChecker> checkers = new ChaosRun(6, 1_000, ChaosRun.storeOf(5), ChaosRun::goodTail, ticks).run();
		assertThat(checkers).allSatisfy((checker) -> {
			assertThat(checker.violations()).isEmpty();
			assertThat(checker.isComplete()).isTrue();
			assertThat(checker.resets()).isZero();
			assertThat(checker.events()).filteredOn((event) -> !ticks.test(event.id().n())).hasSize(100);
		});
		assertThat(checkers).anySatisfy((checker) -> assertThat(checker.events()).hasSizeLessThan(900));
	}

	@Test
	void holdsWhenManyThreadsWriteAndWatch() {
		int events = 2_000;
		InMemoryProgressEventStore good = ChaosRun.storeOf(events);
		ChaoticEventStore chaos = new ChaoticEventStore(good, Schedulers.parallel(), 5);
		JobTail tail = new JobTail(chaos, Schedulers.parallel(), Duration.ofMillis(200));
		List<TestJob> jobs = IntStream.range(0, 16)
			.mapToObj((i) -> new TestJob(chaos, JobId.of("job-" + i), 1))
			.toList();
		List<TailChecker> checkers = jobs.stream().map((job) -> {
			TailChecker checker = new TailChecker();
			tail.follow(job.id(), null).subscribe(checker::accept, checker::fail, checker::complete);
			return checker;
		}).toList();
		Flux.fromIterable(jobs)
			.flatMap((job) -> writeAll(chaos, job, events).subscribeOn(Schedulers.boundedElastic()))
			.blockLast(Duration.ofSeconds(60));
		chaos.calm();
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> checkers.stream().allMatch(TailChecker::isComplete));
		assertThat(checkers).allSatisfy((checker) -> {
			assertThat(checker.violations()).isEmpty();
			assertThat(checker.resets()).isZero();
			assertThat(checker.events()).hasSize(events);
		});
	}

	private static Mono<Void> writeAll(ChaoticEventStore store, TestJob job, int events) {
		return Flux.range(1, events)
			.concatMap((i) -> store.append(job.batch(AppendMode.CONTINUE, i,
					List.of(job.event((i == events) ? JobState.DONE : JobState.RUNNING, "" + i))))
				.retry())
			.then();
	}

}
