package io.progress.sse.batch;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.item.ChunkOrientedStep;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.core.Ordered;

import io.progress.sse.support.ForeignCode;

/**
 * The listeners of a step: one before all others, one that is called first after the step
 * (see {@link JobListeners}), and those that count items.
 */
final class StepListeners {

	private static final Logger logger = LoggerFactory.getLogger(StepListeners.class);

	private final AbstractStep step;

	private final Supplier<StepRuns> runs;

	private final BatchThreads threads;

	StepListeners(AbstractStep step, Supplier<StepRuns> runs, BatchThreads threads) {
		this.step = step;
		this.runs = runs;
		this.threads = threads;
	}

	void register() {
		this.step.registerStepExecutionListener(new First());
		this.step.registerStepExecutionListener(new Last());
		if (this.step instanceof ChunkOrientedStep<?, ?> chunks) {
			register(chunks);
		}
		else if (this.step instanceof TaskletStep tasklet) {
			tasklet.registerChunkListener(new ItemListener<>(this.threads));
		}
	}

	private <I, O> void register(ChunkOrientedStep<I, O> step) {
		ItemListener<I, O> items = new ItemListener<>(this.threads);
		step.registerItemProcessListener(items);
		step.registerSkipListener(items);
		step.registerItemWriteListener(items);
		step.registerChunkListener(items);
	}

	private final class First implements StepExecutionListener, Ordered {

		@Override
		public void beforeStep(StepExecution execution) {
			ForeignCode.run(() -> StepListeners.this.runs.get().begin(StepListeners.this.step, execution),
					(ex) -> logger.warn("The progress of step '{}' is not shown", execution.getStepName(), ex));
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

	private final class Last implements StepExecutionListener {

		@Override
		public @Nullable ExitStatus afterStep(StepExecution execution) {
			ForeignCode.run(() -> StepListeners.this.runs.get().end(execution),
					(ex) -> logger.warn("The end of step '{}' is not shown", execution.getStepName(), ex));
			return null;
		}

	}

}
