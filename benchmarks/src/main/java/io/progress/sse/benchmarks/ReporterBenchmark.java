package io.progress.sse.benchmarks;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.aop.CurrentReporter;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * The cost of a call for a worker, while the ticker samples it as in production. Reading
 * the clock, which no counter does, is measured for comparison.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class ReporterBenchmark {

	private final ProgressTracker tracker = ProgressTrackerBuilder
		.forStore(InMemoryProgressEventStore.builder().build())
		.build();

	private final ProgressJob job = this.tracker.open(JobSpec.named("benchmark"));

	private final ProgressReporter reporter = this.job.reporter();

	/**
	 * A job of unknown size and one of known size cost the same; this one is known.
	 */
	@Setup
	public void begin() {
		this.reporter.total(Long.MAX_VALUE);
	}

	/**
	 * Stops the ticker.
	 */
	@TearDown
	public void close() {
		this.job.done();
		this.tracker.close();
	}

	/**
	 * One more unit is done.
	 */
	@Benchmark
	public void advance() {
		this.reporter.advance();
	}

	/**
	 * Two workers share one job.
	 */
	@Benchmark
	@Threads(2)
	public void advanceByTwoThreads() {
		this.reporter.advance();
	}

	/**
	 * So many units of so many are done.
	 * @param worker has counted them
	 */
	@Benchmark
	public void report(Worker worker) {
		this.reporter.report(worker.completed++, Long.MAX_VALUE);
	}

	/**
	 * One more unit is done, by way of the reporter that is injected into singletons and
	 * follows the thread.
	 * @param worker works on the job
	 */
	@Benchmark
	public void advanceInjected(Worker worker) {
		worker.injected.advance();
	}

	/**
	 * For scale.
	 * @return the time
	 */
	@Benchmark
	public long nanoTime() {
		return System.nanoTime();
	}

	/**
	 * A thread that works on the job.
	 */
	@State(Scope.Thread)
	public static class Worker {

		final ProgressReporter injected = new CurrentReporter();

		long completed;

		private io.progress.sse.Scope scope = () -> {
		};

		/**
		 * Makes the job the current one of the thread.
		 * @param benchmark has the job
		 */
		@Setup
		public void activate(ReporterBenchmark benchmark) {
			this.scope = benchmark.job.activate();
		}

		/**
		 * Undoes it.
		 */
		@TearDown
		public void deactivate() {
			this.scope.close();
		}

	}

}
