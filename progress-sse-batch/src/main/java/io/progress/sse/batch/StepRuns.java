package io.progress.sse.batch;

import org.springframework.batch.core.job.flow.FlowStep;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/**
 * Begins and ends the steps of runs, on their threads.
 */
final class StepRuns {

	private final BatchRuns runs;

	private final BatchThreads threads;

	private final StepTotals totals;

	StepRuns(BatchRuns runs, BatchThreads threads, StepTotals totals) {
		this.runs = runs;
		this.threads = threads;
		this.totals = totals;
	}

	void begin(Step step, StepExecution execution) {
		BatchRun run = this.runs.find(execution.getJobExecution());
		if (run == null || step instanceof FlowStep) {
			return;
		}
		StepRun begun = run.begin(new StepRun(run, execution, this.totals.of(step, execution, run.history()),
				this.totals.readBefore(execution), JobStructure.partitionPrefix(step)));
		begun.bind(CodeReporter.bind(run.reporter()), this.threads.step());
		this.threads.step(begun);
		StepContext context = StepSynchronizationManager.getContext();
		if (context != null) {
			context.setAttribute(ItemListener.RUN, begun);
		}
	}

	void end(StepExecution execution) {
		StepRun step = this.threads.step();
		if (step != null && step.execution().equals(execution)) {
			this.threads.step(step.unbind());
			step.run().end(step);
		}
	}

}
