package io.progress.sse.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.tail.JobTail;
import io.progress.sse.tail.TailSignal;

/**
 * Many jobs, written by writers that repeat what failed and watched by viewers that come
 * early or late, leave and come back, all through a chaotic store, in virtual time and on
 * one thread.
 */
final class ChaosRun {

	private static final int JOBS = 100;

	private static final Duration POSITION_CHECK = Duration.ofSeconds(15);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Random random;

	private final int events;

	private final ChaoticEventStore store;

	private final TailFactory tails;

	private final List<Watched> jobs;

	/** Which of the events are ticks. */
	private final LongPredicate ticks;

	ChaosRun(long seed, int events, ProgressEventStore store, TailFactory tails) {
		this(seed, events, store, tails, (n) -> false);
	}

	ChaosRun(long seed, int events, ProgressEventStore store, TailFactory tails, LongPredicate ticks) {
		this.ticks = ticks;
		this.random = new Random(seed);
		this.events = events;
		this.store = new ChaoticEventStore(store, this.time, seed);
		this.tails = tails;
		this.jobs = IntStream.range(0, JOBS).mapToObj(Watched::new).toList();
	}

	static InMemoryProgressEventStore storeOf(int eventsPerJob) {
		return InMemoryProgressEventStore.builder().eventsPerJob(eventsPerJob).build();
	}

	static Flux<TailSignal> goodTail(ProgressEventStore store, VirtualTimeScheduler time, JobId job,
			@Nullable EventId after) {
		return new JobTail(store, time, POSITION_CHECK).follow(job, after);
	}

	/** Runs to the end and returns the checkers, one per job. */
	List<TailChecker> run() {
		List<Watched> open = new ArrayList<>(this.jobs);
		while (!open.isEmpty()) {
			Watched any = open.get(this.random.nextInt(open.size()));
			any.joinOrLeave();
			if (any.write()) {
				open.remove(any);
			}
			this.time.advanceTimeBy(Duration.ofMillis(this.random.nextInt(5)));
		}
		this.store.calm();
		this.jobs.forEach(Watched::join);
		this.time.advanceTimeBy(POSITION_CHECK.multipliedBy(4));
		this.time.dispose();
		return this.jobs.stream().map((job) -> job.checker).toList();
	}

	/** What went wrong in a run in which nothing may have been lost. */
	List<String> violations() {
		List<String> expected = IntStream.rangeClosed(1, this.events).mapToObj(Integer::toString).toList();
		List<String> violations = new ArrayList<>();
		for (TailChecker checker : run()) {
			violations.addAll(checker.violations());
			if (!checker.isComplete() || checker.resets() > 0 || !TestJob.messages(checker.events()).equals(expected)) {
				violations.add("Events 1 to " + this.events + " must have come in order, but " + checker.events().size()
						+ " came, resets: " + checker.resets() + ", complete: " + checker.isComplete());
			}
		}
		return violations;
	}

	interface TailFactory {

		Flux<TailSignal> follow(ProgressEventStore store, VirtualTimeScheduler time, JobId job,
				@Nullable EventId after);

	}

	private final class Watched {

		private final TestJob job;

		private final TailChecker checker = new TailChecker(ChaosRun.this.ticks);

		private int written;

		private Disposable viewer;

		Watched(int number) {
			this.job = new TestJob(ChaosRun.this.store, JobId.of("job-" + number), 1);
		}

		void joinOrLeave() {
			int dice = ChaosRun.this.random.nextInt(100);
			if (dice < 5) {
				join();
			}
			else if (dice < 6 && this.viewer != null) {
				this.viewer.dispose();
				this.viewer = null;
			}
		}

		void join() {
			if (this.viewer == null && !this.checker.isComplete()) {
				this.viewer = ChaosRun.this.tails
					.follow(ChaosRun.this.store, ChaosRun.this.time, this.job.id(), this.checker.position())
					.subscribe(this.checker::accept, this.checker::fail, this.checker::complete);
			}
		}

		boolean write() {
			int size = Math.min(1 + ChaosRun.this.random.nextInt(5), ChaosRun.this.events - this.written);
			List<ProgressEvent> batch = IntStream.rangeClosed(this.written + 1, this.written + size)
				.mapToObj(this::event)
				.toList();
			send(this.job.batch(AppendMode.CONTINUE, this.written + 1, batch));
			this.written += size;
			return this.written == ChaosRun.this.events;
		}

		private ProgressEvent event(int n) {
			if (n == ChaosRun.this.events) {
				return this.job.event(JobState.DONE, Integer.toString(n));
			}
			return ChaosRun.this.ticks.test(n) ? this.job.tickEvent(Integer.toString(n))
					: this.job.event(JobState.RUNNING, Integer.toString(n));
		}

		private void send(EventBatch batch) {
			boolean sent = false;
			while (!sent) {
				try {
					this.job.send(batch);
					sent = true;
				}
				catch (IllegalStateException ex) {
					ChaosRun.this.time.advanceTimeBy(Duration.ofMillis(1));
				}
			}
		}

	}

}
