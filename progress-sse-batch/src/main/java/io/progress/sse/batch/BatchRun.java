package io.progress.sse.batch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

import io.progress.sse.JobCancelledException;
import io.progress.sse.Phase;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.JobId;
import io.progress.sse.support.Texts;

/**
 * A job execution of this process, as its job shows it.
 *
 * <ol>
 * <li>Items are counted without a lock.</li>
 * <li>The begin and the end of a step change the stage, under a lock.</li>
 * <li>After a chunk, totals and counts are shown, a few times a second; a chunk never
 * waits for the lock.</li>
 * </ol>
 */
final class BatchRun {

	/** Pause between two looks at the counts of Spring Batch. */
	private static final long PAUSE_NANOS = 200_000_000;

	/** Longest exit code that is shown. */
	private static final int LONGEST_CODE = 100;

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicBoolean ended = new AtomicBoolean();

	private final ProgressJob job;

	private final JobExecution execution;

	private final List<Stage> stages;

	private final StepHistory history;

	private final @Nullable StepRun outer;

	/** Partitioned steps, by the beginning of the names of their partitions. */
	private final Map<String, String> managers = new ConcurrentHashMap<>();

	private @Nullable StageRun current;

	/** Position of the last planned stage that was entered. */
	private int position = -1;

	private volatile long shownNanos = System.nanoTime();

	/**
	 * Creates a run that has not begun.
	 * @param stages its stages, in order; empty if they are not known
	 * @param outer the step of another job that launched it; {@code null} for none
	 */
	BatchRun(ProgressJob job, JobExecution execution, List<Stage> stages, StepHistory history,
			@Nullable StepRun outer) {
		this.job = job;
		this.execution = execution;
		this.stages = stages;
		this.history = history;
		this.outer = outer;
	}

	JobId id() {
		return this.job.id();
	}

	JobExecution execution() {
		return this.execution;
	}

	StepHistory history() {
		return this.history;
	}

	@Nullable StepRun outer() {
		return this.outer;
	}

	boolean hasEnded() {
		return this.ended.get();
	}

	ProgressReporter reporter() {
		return this.job.reporter();
	}

	ProgressJob job() {
		return this.job;
	}

	/**
	 * Begins the job.
	 * @param earlier how many executions of the same instance there were before
	 */
	void begin(int earlier) {
		this.job.begin();
		for (int i = 0; i < earlier; i++) {
			this.job.retry();
		}
		// A plan of one phase would show 0 where nothing is known.
		if (this.stages.size() > 1) {
			double sum = this.stages.stream().mapToDouble(this::weight).sum();
			reporter().plan(this.stages.stream()
				.map((stage) -> Phase.of(stage.name(), (sum > 0) ? weight(stage) : 1))
				.toArray(Phase[]::new));
		}
	}

	private double weight(Stage stage) {
		return stage.steps().stream().mapToDouble(this.history::weight).max().orElse(0);
	}

	StepRun begin(StepRun step) {
		this.lock.lock();
		try {
			StageRun before = this.current;
			StageRun stage = (before != null && before.expects(step.name())) ? before : enter(step.name());
			stage.add(step);
			if (step.partitionPrefix() != null) {
				this.managers.put(step.partitionPrefix(), step.name());
			}
			step.countRead();
			stage.show(reporter());
			return step;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Enters the stage of a step. A step that no stage has, or that comes again, runs
	 * along with the running stage, else it is a phase without a share.
	 */
	private StageRun enter(String step) {
		for (int i = this.position + 1; i < this.stages.size(); i++) {
			if (this.stages.get(i).steps().contains(step)) {
				this.position = i;
				return enter(this.stages.get(i), true);
			}
		}
		StageRun stage = this.current;
		return (stage != null && stage.isRunning()) ? stage : enter(Stage.of(List.of(step)), false);
	}

	private StageRun enter(Stage stage, boolean planned) {
		StageRun run = new StageRun(stage, this.history, planned);
		this.current = run;
		try {
			reporter().phase(stage.name());
		}
		catch (JobCancelledException ex) {
			// Spring Batch was asked to stop, and will.
		}
		if (!planned) {
			reporter().report(0, 0);
		}
		reporter().unit("items");
		return run;
	}

	void advance(long items) {
		reporter().advance(items);
	}

	/**
	 * Shows how far the steps are, unless that was done just before.
	 */
	void moved() {
		long now = System.nanoTime();
		if (now - this.shownNanos >= PAUSE_NANOS && this.lock.tryLock()) {
			try {
				this.shownNanos = now;
				show();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	void end(StepRun step) {
		this.lock.lock();
		try {
			step.countRead();
			StageRun stage = this.current;
			if (stage != null) {
				stage.countPartitions(step);
			}
			step.end();
			show();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void show() {
		StageRun stage = this.current;
		ProgressReporter reporter = reporter();
		if (stage != null) {
			stage.show(reporter);
			reporter.data("total_estimated", stage.isEstimated() ? true : null);
			reporter.data("partitions", stage.partitions());
		}
		reporter.data("counts", counts());
	}

	private Map<String, Long> counts() {
		return ItemCounts.of(this.execution.getStepExecutions(), this.managers);
	}

	/**
	 * Ends the job as the execution has ended. Only the first call counts.
	 */
	void end() {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		String code = Texts.line(this.execution.getExitStatus().getExitCode(), LONGEST_CODE);
		Map<String, Long> counts = counts();
		reporter().data("counts", counts);
		reporter().data("exit_code", code);
		BatchStatus status = this.execution.getStatus();
		if (status == BatchStatus.COMPLETED) {
			this.job.done(Map.of("exit_code", code, "counts", counts));
		}
		else if (status == BatchStatus.STOPPED || status == BatchStatus.STOPPING) {
			this.job.fail(new JobCancelledException(this.job.id()));
		}
		else {
			// Neither exceptions nor the exit description, which has a stack trace.
			this.job.fail(new ProgressException(code, "The job ended with exit code " + code), true);
		}
	}

	/** Tells the steps that they must stop after their chunk. */
	void terminate() {
		for (StepExecution step : this.execution.getStepExecutions()) {
			if (step.getStatus().isRunning()) {
				step.setTerminateOnly();
			}
		}
	}

}
