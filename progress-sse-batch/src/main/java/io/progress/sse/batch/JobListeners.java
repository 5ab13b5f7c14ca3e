package io.progress.sse.batch;

import java.util.function.Supplier;

import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.core.Ordered;

/**
 * The listeners of a job: one around all others, which opens and ends the job, and one
 * inside all others. Spring Batch calls {@code afterJob} in reverse order and stops at
 * the first exception, so only the inner one is certain to be called.
 */
final class JobListeners {

	private final AbstractJob job;

	private final Supplier<BatchRuns> runs;

	JobListeners(AbstractJob job, Supplier<BatchRuns> runs) {
		this.job = job;
		this.runs = runs;
	}

	void register() {
		this.job.registerJobExecutionListener(new Outer());
		this.job.registerJobExecutionListener(new Inner());
	}

	private final class Outer implements JobExecutionListener, Ordered {

		@Override
		public void beforeJob(JobExecution execution) {
			JobListeners.this.runs.get().begin(JobListeners.this.job, execution);
		}

		@Override
		public void afterJob(JobExecution execution) {
			JobListeners.this.runs.get().end(JobListeners.this.job, execution);
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

	private final class Inner implements JobExecutionListener {

		@Override
		public void afterJob(JobExecution execution) {
			JobListeners.this.runs.get().endSoon(execution);
		}

	}

}
