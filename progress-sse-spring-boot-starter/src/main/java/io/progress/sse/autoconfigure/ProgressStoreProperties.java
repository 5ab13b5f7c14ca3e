package io.progress.sse.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

import io.progress.sse.support.JobSettings;
import io.progress.sse.support.SettingRule;

/**
 * Properties of what is kept of jobs.
 *
 * @param eventsPerJob Number of newest events that are kept for each job.
 * @param milestonesPerJob Number of milestones (phases, notes, changes of state) that are
 * kept for each job in addition to its newest events.
 * @param jobsPerOwner Number of newest jobs that are listed for each owner, and of
 * children for each job. Older ones can still be read by id.
 * @param memory Jobs kept in memory.
 * @param retention How long ended jobs are kept.
 */
@ConfigurationProperties("progress.sse")
public record ProgressStoreProperties(@DefaultValue("" + JobSettings.EVENTS_PER_JOB) int eventsPerJob,
		@DefaultValue("" + JobSettings.MILESTONES_PER_JOB) int milestonesPerJob,
		@DefaultValue("" + JobSettings.JOBS_PER_OWNER) int jobsPerOwner, @DefaultValue MemoryProperties memory,
		@DefaultValue RetentionProperties retention) {

	public ProgressStoreProperties {
		JobSettings.PER_JOB.check("progress.sse.events-per-job", eventsPerJob);
		JobSettings.PER_JOB.check("progress.sse.milestones-per-job", milestonesPerJob);
		JobSettings.ANY_NUMBER.check("progress.sse.jobs-per-owner", jobsPerOwner);
	}

	/**
	 * Jobs kept in memory.
	 *
	 * @param maxJobs Number of jobs that are kept in memory. When it is reached, the jobs
	 * that ended first are removed.
	 */
	record MemoryProperties(@DefaultValue("" + JobSettings.KEPT_JOBS) int maxJobs) {

		MemoryProperties {
			JobSettings.ANY_NUMBER.check("progress.sse.memory.max-jobs", maxJobs);
		}

	}

	/**
	 * How long ended jobs are kept.
	 *
	 * @param events How long the events of an ended job can be replayed.
	 * @param result How long the final state of an ended job is kept.
	 */
	public record RetentionProperties(@DefaultValue(JobSettings.EVENT_RETENTION_MINUTES + "m") Duration events,
			@DefaultValue(JobSettings.RESULT_RETENTION_HOURS + "h") Duration result) {

		public RetentionProperties {
			JobSettings.RETENTION.check("progress.sse.retention.result", result);
			JobSettings.RETENTION.check("progress.sse.retention.events", events);
			SettingRule.isTrue("progress.sse.retention.events", events.compareTo(result) <= 0,
					"must be at most 'progress.sse.retention.result' (" + DurationStyle.SIMPLE.print(result)
							+ "), because events are kept together with the result",
					DurationStyle.SIMPLE.print(events));
		}

	}

}
