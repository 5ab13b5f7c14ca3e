package io.progress.sse.batch;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.parameters.JobParametersIncrementer;
import org.springframework.batch.core.job.parameters.JobParametersValidator;

/**
 * A job together with its caller, for the thread that executes it.
 */
final class LaunchedJob implements Job {

	private final Job job;

	private final Launch launch;

	private final BatchThreads threads;

	LaunchedJob(Job job, Launch launch, BatchThreads threads) {
		this.job = job;
		this.launch = launch;
		this.threads = threads;
	}

	@Override
	public void execute(JobExecution execution) throws JobInterruptedException {
		Launch before = this.threads.launch();
		this.threads.launch(this.launch);
		try {
			this.job.execute(execution);
		}
		finally {
			this.threads.launch(before);
		}
	}

	@Override
	public String getName() {
		return this.job.getName();
	}

	@Override
	public boolean isRestartable() {
		return this.job.isRestartable();
	}

	@Override
	public @Nullable JobParametersIncrementer getJobParametersIncrementer() {
		return this.job.getJobParametersIncrementer();
	}

	@Override
	public JobParametersValidator getJobParametersValidator() {
		return this.job.getJobParametersValidator();
	}

	@Override
	public String toString() {
		return this.job.toString();
	}

}
