package io.progress.sse.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.Phase;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Thousands of jobs with several workers each, a ticker that hardly rests, and ends that
 * race with work.
 */
class ConcurrentJobsTests {

	private static final int JOBS = 1_500;

	private static final int STEPS = 400;

	private static final Phase[] PLAN = { Phase.of("a"), Phase.of("b", 2), Phase.of("c") };

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().eventsPerJob(10_000).build();

	private final ExecutorService workers = Executors.newFixedThreadPool(8);

	private ProgressTracker tracker = tracker(Duration.ofMillis(1));

	@AfterEach
	void close() {
		this.workers.shutdownNow();
		this.tracker.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5 })
	void haveOneEndWithExactCounters(int interval) throws InterruptedException {
		restart(Duration.ofMillis(interval));
		List<Run> runs = new ArrayList<>();
		for (int i = 0; i < JOBS; i++) {
			runs.add(new Run(1 + i % 3, false));
		}
		finish(runs);
		List<String> violations = runs.stream().flatMap((run) -> run.violations().stream()).toList();
		assertThat(violations).isEmpty();
		assertThat(this.tracker.stats().lateCalls()).isEqualTo(JOBS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5 })
	void haveOneEndThatIsTheLastThoughMoreRaceForIt(int interval) throws InterruptedException {
		restart(Duration.ofMillis(interval));
		List<Run> runs = new ArrayList<>();
		for (int i = 0; i < JOBS; i++) {
			runs.add(new Run(1 + i % 3, true));
		}
		finish(runs);
		List<String> violations = runs.stream().flatMap((run) -> run.violations().stream()).toList();
		assertThat(violations).isEmpty();
	}

	/**
	 * The second burst comes right behind the event that shows the first: too early for
	 * another event, and nothing comes after it.
	 */
	@Test
	void areSeenWhereTheyStandAlsoWhenTheirWorkersGoQuiet() {
		restart(Duration.ofMillis(5));
		List<ProgressJob> jobs = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			ProgressJob job = open();
			jobs.add(job);
			this.store.listen(job.id())
				.filter((notice) -> shows(last(job), STEPS / 2))
				.next()
				.subscribe((notice) -> this.workers.execute(() -> burst(job, STEPS / 2, STEPS)));
			this.workers.execute(() -> burst(job, 0, STEPS / 2));
		}
		await().untilAsserted(() -> assertThat(jobs).allMatch((job) -> shows(last(job), STEPS)));
	}

	private static void burst(ProgressJob job, int from, int to) {
		for (int step = from + 1; step <= to; step++) {
			job.reporter().report(step, STEPS);
		}
	}

	private static boolean shows(ProgressEvent event, long completed) {
		return Objects.equals(event.progress().completed(), completed);
	}

	private void finish(List<Run> runs) throws InterruptedException {
		runs.forEach(Run::start);
		for (Run run : runs) {
			assertThat(run.over.await(60, TimeUnit.SECONDS)).isTrue();
		}
		this.tracker.close();
	}

	private ProgressJob open() {
		ProgressJob job = this.tracker.open(JobSpec.named("test"));
		this.store.listen(job.id()).subscribe();
		job.begin();
		return job;
	}

	private void restart(Duration interval) {
		this.tracker.close();
		this.tracker = tracker(interval);
	}

	private ProgressTracker tracker(Duration interval) {
		ProgressTrackerBuilder settings = ProgressTrackerBuilder.forStore(this.store);
		// Shorter than users may have it.
		settings.publishInterval = interval;
		return settings.build();
	}

	private List<ProgressEvent> events(JobHandle job) {
		return this.store.read(job.id(), null, 10_000)
			.block(Duration.ofSeconds(5))
			.events()
			.stream()
			.map(StoredEvent::event)
			.toList();
	}

	private ProgressEvent last(JobHandle job) {
		List<ProgressEvent> events = events(job);
		return events.get(events.size() - 1);
	}

	/**
	 * A job with its workers. Either the last worker ends it, or each tries to when it
	 * likes.
	 */
	private final class Run {

		private final CountDownLatch over;

		private final AtomicInteger atWork;

		private final int workers;

		private final boolean race;

		private final ProgressJob job = open();

		Run(int workers, boolean race) {
			this.workers = workers;
			this.race = race;
			this.atWork = new AtomicInteger(workers);
			this.over = new CountDownLatch(workers);
			this.job.reporter().plan(PLAN);
			this.job.reporter().phase("a");
			this.job.reporter().phase("b");
			this.job.reporter().phase("c");
			this.job.reporter().total((long) STEPS * workers * 2);
		}

		void start() {
			for (int worker = 0; worker < this.workers; worker++) {
				ConcurrentJobsTests.this.workers.execute(this::work);
			}
		}

		private void work() {
			ProgressReporter progress = this.job.reporter();
			int end = this.race ? 1 + ThreadLocalRandom.current().nextInt(STEPS) : STEPS;
			ProgressReporter part = progress.split(STEPS);
			for (int step = 1; step <= STEPS; step++) {
				progress.advance();
				part.report(step, STEPS);
				if (step % (STEPS / 4) == 0) {
					progress.note(Note.Level.INFO, "step");
				}
				if (step == end && this.race) {
					end();
				}
			}
			part.close();
			if (this.atWork.decrementAndGet() == 0 && !this.race) {
				end();
				this.job.done();
				progress.message("late");
			}
			this.over.countDown();
		}

		private void end() {
			switch (ThreadLocalRandom.current().nextInt(3)) {
				case 0 -> this.job.done("result");
				case 1 -> this.job.fail(new ProgressException("expected", "expected"));
				default -> this.job.cancelled();
			}
		}

		List<String> violations() {
			List<ProgressEvent> events = events(this.job);
			List<String> violations = new ArrayList<>();
			long ends = events.stream().filter(ProgressEvent::isTerminal).count();
			ProgressEvent last = events.get(events.size() - 1);
			check(violations, ends == 1, ends + " ends");
			check(violations, last.isTerminal(), "an end that is not the last");
			check(violations, last.state() == this.job.state(), "another end than the handle says");
			long expected = 2L * STEPS * this.workers;
			Long completed = last.progress().completed();
			check(violations, this.race || Objects.equals(completed, expected), completed + " of " + expected);
			List<Double> fractions = events.stream()
				.map((event) -> event.progress().fraction())
				.filter(Objects::nonNull)
				.toList();
			check(violations,
					IntStream.range(1, fractions.size()).allMatch((i) -> fractions.get(i - 1) <= fractions.get(i)),
					"progress went back");
			List<Long> counts = events.stream()
				.filter((event) -> "c".equals(event.phase()) && event.progress().total() != null)
				.map((event) -> event.progress().completed())
				.toList();
			check(violations, IntStream.range(1, counts.size()).allMatch((i) -> counts.get(i - 1) <= counts.get(i)),
					"counts went back");
			List<String> phases = events.stream()
				.map(ProgressEvent::phase)
				.filter(Objects::nonNull)
				.distinct()
				.toList();
			check(violations, phases.equals(List.of("a", "b", "c")), "phases " + phases);
			long notes = events.stream().filter((event) -> event.note() != null).count();
			check(violations, this.race || notes == this.workers * 4L, notes + " notes");
			return violations;
		}

		private void check(List<String> violations, boolean holds, String what) {
			if (!holds) {
				violations.add(this.job.id() + ": " + what);
			}
		}

	}

}
