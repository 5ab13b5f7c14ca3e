package io.progress.sse.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

import io.progress.sse.support.ForeignCode;

/**
 * What the steps of a job took in its last execution that succeeded.
 *
 * @param steps the steps of that execution by name; empty if there is none
 */
record StepHistory(Map<String, StepExecution> steps) {

	static final StepHistory NONE = new StepHistory(Map.of());

	private static final Logger logger = LoggerFactory.getLogger(StepHistory.class);

	/** How many of the newest instances are looked at. */
	private static final int INSTANCES = 5;

	/** Steps of less than this count as equally short. */
	private static final double LEAST_SECONDS = 0.05;

	/**
	 * Reads the history of a job.
	 * @param running the execution that begins
	 */
	static StepHistory of(JobRepository repository, JobExecution running) {
		return ForeignCode.ask(() -> read(repository, running), NONE,
				(ex) -> logger.debug("Earlier executions of '{}' cannot be read, so its steps weigh the same",
						running.getJobInstance().getJobName(), ex));
	}

	private static StepHistory read(JobRepository repository, JobExecution running) {
		List<JobInstance> instances = repository.getJobInstances(running.getJobInstance().getJobName(), 0, INSTANCES);
		for (JobInstance instance : instances) {
			JobExecution last = repository.getLastJobExecution(instance);
			if (last != null && last.getId() != running.getId() && last.getStatus() == BatchStatus.COMPLETED) {
				Map<String, StepExecution> steps = new TreeMap<>();
				last.getStepExecutions().forEach((step) -> steps.put(step.getStepName(), step));
				return new StepHistory(steps);
			}
		}
		return NONE;
	}

	boolean isKnown() {
		return !this.steps.isEmpty();
	}

	/**
	 * Returns how long a step took.
	 * @return seconds; 1 for each step if nothing is known, 0 for a step that did not run
	 */
	double weight(String step) {
		if (!isKnown()) {
			return 1;
		}
		StepExecution earlier = this.steps.get(step);
		if (earlier == null || earlier.getStartTime() == null || earlier.getEndTime() == null) {
			return 0;
		}
		double seconds = Duration.between(earlier.getStartTime(), earlier.getEndTime()).toNanos() / 1e9;
		return Math.max(LEAST_SECONDS, seconds);
	}

	/**
	 * Returns how many items a step read.
	 * @return the number; 0 if it is not known
	 */
	long items(String step) {
		StepExecution earlier = this.steps.get(step);
		return (earlier != null) ? earlier.getReadCount() + earlier.getReadSkipCount() : 0;
	}

}
