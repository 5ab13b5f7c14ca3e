package io.progress.sse.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobId;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * One visit of the ticker to 10,000 running jobs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class TickerBenchmark {

	private static final int JOBS = 10_000;

	/**
	 * No job has moved since the last visit.
	 * @param jobs the jobs
	 */
	@Benchmark
	public void idle(Jobs jobs) {
		jobs.scheduler.tick();
	}

	/**
	 * Every job has moved, is watched, and so goes to the store.
	 * @param jobs the jobs
	 */
	@Benchmark
	public void moved(MovedJobs jobs) {
		jobs.scheduler.tick();
	}

	/**
	 * Jobs that are running and watched.
	 */
	@State(Scope.Benchmark)
	public static class Jobs {

		final ManualScheduler scheduler = new ManualScheduler();

		final List<ProgressReporter> reporters = new ArrayList<>(JOBS);

		/**
		 * Starts them. The store keeps few events of each, so that it has reached its
		 * final size when measuring begins.
		 */
		@Setup
		public void start() {
			InMemoryProgressEventStore store = InMemoryProgressEventStore.builder()
				.maxJobs(JOBS)
				.eventsPerJob(4)
				.build();
			ProgressTracker tracker = ProgressTrackerBuilder.forStore(store).scheduler(this.scheduler).build();
			for (int i = 0; i < JOBS; i++) {
				JobId id = JobId.of("benchmark-" + i);
				store.listen(id).subscribe();
				ProgressReporter reporter = tracker.open(JobSpec.named("benchmark").withId(id)).reporter();
				reporter.total(1_000_000_000);
				this.reporters.add(reporter);
			}
			this.scheduler.tick();
		}

	}

	/**
	 * The same, moving.
	 */
	@State(Scope.Benchmark)
	public static class MovedJobs extends Jobs {

		/**
		 * Moves each of them.
		 */
		@Setup(Level.Invocation)
		public void move() {
			this.reporters.forEach(ProgressReporter::advance);
		}

	}

}
