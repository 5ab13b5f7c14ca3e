package io.progress.sse.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobState;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

class TickerTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<Disposable> begun = new ArrayList<>();

	private final FaultyStore store = new FaultyStore(InMemoryProgressEventStore.builder().build());

	@AfterEach
	void dispose() {
		this.time.dispose();
	}

	@Test
	void restsWhileNoJobRuns() {
		ProgressTracker tracker = tracker(new Recording());
		assertThat(this.begun).isEmpty();
		ProgressJob one = tracker.open(JobSpec.named("one"));
		ProgressJob two = tracker.open(JobSpec.named("two"));
		assertThat(this.begun).hasSize(1);
		one.done();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.begun.get(0).isDisposed()).isFalse();
		two.done();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.begun.get(0).isDisposed()).isTrue();
		tracker.open(JobSpec.named("three"));
		assertThat(this.begun).hasSize(2);
	}

	@Test
	void doesNotRestWhileTheStoreLacksAnEnd() {
		ProgressTracker tracker = tracker(new Recording());
		ProgressJob job = tracker.open(JobSpec.named("one"));
		this.store.next(FaultyStore.SILENCE);
		job.done();
		this.time.advanceTimeBy(Duration.ofSeconds(5));
		assertThat(this.begun.get(0).isDisposed()).isFalse();
		this.time.advanceTimeBy(Duration.ofSeconds(6));
		assertThat(this.begun.get(0).isDisposed()).isTrue();
	}

	@Test
	void isNotStoppedByAJobThatCannotBeSampled() {
		ProgressTracker tracker = tracker(this.time);
		tracker.open(JobSpec.named("sound")).begin();
		ProgressJob broken = tracker.open(JobSpec.named("broken"));
		broken.begin();
		this.store.usually((batch, store) -> {
			if (batch.job().name().equals("broken")) {
				throw new IllegalStateException("expected");
			}
			return store.append(batch);
		});
		broken.reporter().advance();
		ProgressJob after = tracker.open(JobSpec.named("after"));
		after.reporter().advance();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(after.state()).isEqualTo(JobState.RUNNING);
	}

	@Test
	void isNotMissedByJobsThatSpeakForThemselves() {
		Scheduler gone = Schedulers.newSingle("gone");
		gone.dispose();
		ProgressTracker tracker = tracker(gone);
		ProgressJob job = tracker.open(JobSpec.named("late"));
		job.reporter().phase("alone");
		job.done();
		assertThat(this.store.tries).hasSize(3);
		assertThat(this.store.tries.get(2).events().get(0).kind()).isEqualTo(EventKind.TERMINAL);
	}

	private ProgressTracker tracker(Scheduler scheduler) {
		return ProgressTrackerBuilder.forStore(this.store).scheduler(scheduler).build();
	}

	private final class Recording implements Scheduler {

		@Override
		public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
			Disposable each = Disposables
				.composite(TickerTests.this.time.schedulePeriodically(task, initialDelay, period, unit));
			TickerTests.this.begun.add(each);
			return each;
		}

		@Override
		public Disposable schedule(Runnable task) {
			return TickerTests.this.time.schedule(task);
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			return TickerTests.this.time.schedule(task, delay, unit);
		}

		@Override
		public Worker createWorker() {
			return TickerTests.this.time.createWorker();
		}

		@Override
		public long now(TimeUnit unit) {
			return TickerTests.this.time.now(unit);
		}

	}

}
