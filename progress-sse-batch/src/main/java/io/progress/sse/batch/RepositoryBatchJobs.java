package io.progress.sse.batch;

import java.util.Optional;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;

import io.progress.sse.event.JobId;

/**
 * Finds jobs in the memory of this process, else in the job repository.
 */
final class RepositoryBatchJobs implements BatchJobs {

	private final BatchRegistry registry;

	private final JobRepository repository;

	private final BatchSettings settings;

	RepositoryBatchJobs(BatchRegistry registry, JobRepository repository, BatchSettings settings) {
		this.registry = registry;
		this.repository = repository;
		this.settings = settings;
	}

	@Override
	public Optional<JobId> find(long executionId) {
		JobId known = this.registry.id(executionId);
		if (known != null) {
			return Optional.of(known);
		}
		JobExecution execution = this.repository.getJobExecution(executionId);
		if (execution == null || this.settings.excludes(execution.getJobInstance().getJobName())) {
			return Optional.empty();
		}
		return Optional.of(JobNames.id(execution.getJobInstance().getJobName(), executionId));
	}

}
