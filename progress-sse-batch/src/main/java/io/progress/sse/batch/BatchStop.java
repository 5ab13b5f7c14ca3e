package io.progress.sse.batch;

import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

import io.progress.sse.support.ForeignCode;

/**
 * Stops an execution whose job was asked to stop. A shutdown does not count: what happens
 * to executions then is up to the application, as it is without this library.
 */
final class BatchStop implements ApplicationListener<ContextClosedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(BatchStop.class);

	private final Supplier<JobOperator> operator;

	private final JobRepository repository;

	private final BatchRegistry registry;

	private volatile boolean closing;

	BatchStop(Supplier<JobOperator> operator, JobRepository repository, BatchRegistry registry) {
		this.operator = operator;
		this.repository = repository;
		this.registry = registry;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.closing = true;
	}

	/**
	 * Stops a run and those that its steps have launched. Called on a thread for cancel
	 * actions.
	 */
	void stop(BatchRun run) {
		if (this.closing) {
			return;
		}
		ForeignCode.run(() -> stop(run.execution()),
				(ex) -> logger.warn("Execution {} of '{}' cannot be stopped by the job operator; its steps were told",
						run.execution().getId(), run.execution().getJobInstance().getJobName(), ex));
		// The operator reaches neither partitions nor, with a repository without
		// resources, steps that it cannot find by name.
		run.terminate();
		for (BatchRun each : this.registry.running()) {
			StepRun outer = each.outer();
			if (outer != null && outer.run() == run) {
				each.job().cancel();
			}
		}
	}

	private void stop(JobExecution running) {
		JobExecution stored = this.repository.getJobExecution(running.getId());
		try {
			this.operator.get().stop((stored != null) ? stored : running);
		}
		catch (JobExecutionNotRunningException ex) {
			logger.debug("Execution {} has ended", running.getId());
		}
	}

}
