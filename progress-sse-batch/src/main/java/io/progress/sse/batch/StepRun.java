package io.progress.sse.batch;

import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;

/**
 * An execution of a step, or of a partition of one. Items may be counted by many threads.
 */
final class StepRun {

	private final LongAdder items = new LongAdder();

	private final BatchRun run;

	private final StepExecution execution;

	private final StepTotal total;

	/** How far a nested job is; not a number while that is not known. */
	private volatile double nested = Double.NaN;

	private volatile boolean ended;

	/** What the thread worked on before: a step may launch a job. */
	private @Nullable StepRun outer;

	private @Nullable CodeReporter code;

	/** What an earlier execution has read, which this one goes on from. */
	private final long before;

	private final @Nullable String partitionPrefix;

	/**
	 * Creates one that has not begun.
	 * @param before how many items an earlier execution has read
	 * @param partitionPrefix how the names of its partitions begin; {@code null} if it
	 * has none
	 */
	StepRun(BatchRun run, StepExecution execution, StepTotal total, long before, @Nullable String partitionPrefix) {
		this.run = run;
		this.execution = execution;
		this.total = total;
		this.before = before;
		this.partitionPrefix = partitionPrefix;
	}

	BatchRun run() {
		return this.run;
	}

	String name() {
		return this.execution.getStepName();
	}

	@Nullable String partitionPrefix() {
		return this.partitionPrefix;
	}

	boolean hasPartition(String stepName) {
		return this.partitionPrefix != null && stepName.startsWith(this.partitionPrefix);
	}

	StepExecution execution() {
		return this.execution;
	}

	/**
	 * Counts one item. Makes no garbage and takes no lock.
	 */
	void item() {
		this.items.increment();
		this.run.advance(1);
	}

	/**
	 * Corrects the count to what Spring Batch has counted. Never lowers it.
	 */
	void count(long items) {
		long more = items - this.items.sum();
		if (more > 0) {
			this.items.add(more);
			this.run.advance(more);
		}
	}

	void countRead() {
		// The items of partitions are counted by their own runs.
		if (this.partitionPrefix == null) {
			count(this.before + read());
		}
	}

	/** Returns how many items this execution has taken from its reader. */
	long read() {
		return this.execution.getReadCount() + this.execution.getReadSkipCount();
	}

	void bind(@Nullable CodeReporter code, @Nullable StepRun outer) {
		this.code = code;
		this.outer = outer;
	}

	/**
	 * Ends what {@link #bind} has begun.
	 * @return what the thread worked on before
	 */
	@Nullable StepRun unbind() {
		if (this.code != null) {
			this.code.end(this.execution.getStatus() == BatchStatus.COMPLETED);
			this.code = null;
		}
		return this.outer;
	}

	void nested(double fraction) {
		this.nested = fraction;
	}

	boolean hasNested() {
		return !Double.isNaN(this.nested);
	}

	void end() {
		this.ended = true;
	}

	long items() {
		return this.items.sum();
	}

	boolean isRunning() {
		return !this.ended;
	}

	boolean succeeded() {
		return this.ended && this.execution.getStatus() == BatchStatus.COMPLETED;
	}

	/**
	 * Returns how many items there will be, as far as it is known; 0 if it is not, or if
	 * an estimate has proved too low.
	 */
	long total() {
		long items = items();
		if (succeeded() && this.partitionPrefix == null) {
			return items;
		}
		return (this.total.estimated() && items > this.total.items()) ? 0 : this.total.items();
	}

	boolean isEstimated() {
		return this.total.estimated() && total() > 0 && !this.ended;
	}

	/**
	 * Returns how far it is, from 0.0 to 1.0; not a number if that is not known.
	 */
	double fraction() {
		if (succeeded()) {
			return 1;
		}
		long total = total();
		return (total > 0) ? Math.min(1, (double) items() / total) : this.nested;
	}

}
