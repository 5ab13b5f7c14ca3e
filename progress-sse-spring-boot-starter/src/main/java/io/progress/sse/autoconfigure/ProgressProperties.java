package io.progress.sse.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.support.SettingRule;

/**
 * Properties of jobs: how they are tracked and kept.
 *
 * @param publishInterval How often moving counters of a watched job are published.
 * @param unwatchedInterval How often moving counters are published for a job that has no
 * viewers, as far as the store can tell.
 * @param admissionTimeout How long the start of a job waits until the store confirms an
 * id that the caller chose.
 * @param stopTimeout How long a shutdown waits for the jobs that it has asked to stop,
 * before streams end.
 * @param flushTimeout How long a shutdown waits until the store has taken the last
 * events.
 * @param eventsPerJob Number of newest events that are kept for each job.
 * @param milestonesPerJob Number of milestones (phases, notes, changes of state) that are
 * kept for each job in addition to its newest events.
 * @param executor Threads of started jobs.
 * @param cancel Threads of cancel actions.
 * @param outbox Events on their way to the store.
 * @param memory Jobs kept in memory.
 * @param retention How long ended jobs are kept.
 */
@ConfigurationProperties("progress.sse")
public record ProgressProperties(@DefaultValue("250ms") Duration publishInterval,
		@DefaultValue("1s") Duration unwatchedInterval, @DefaultValue("2s") Duration admissionTimeout,
		@DefaultValue("2s") Duration stopTimeout, @DefaultValue("5s") Duration flushTimeout,
		@DefaultValue("256") int eventsPerJob, @DefaultValue("1000") int milestonesPerJob,
		@DefaultValue ExecutorProperties executor, @DefaultValue CancelProperties cancel,
		@DefaultValue OutboxProperties outbox, @DefaultValue MemoryProperties memory,
		@DefaultValue RetentionProperties retention) {

	public ProgressProperties {
		SettingRule.isBetween("progress.sse.publish-interval", publishInterval,
				ProgressTrackerBuilder.MIN_PUBLISH_INTERVAL);
		SettingRule.isBetween("progress.sse.unwatched-interval", unwatchedInterval,
				ProgressTrackerBuilder.MIN_PUBLISH_INTERVAL);
		SettingRule.isBetween("progress.sse.admission-timeout", admissionTimeout, Duration.ZERO);
		SettingRule.isBetween("progress.sse.flush-timeout", flushTimeout, Duration.ZERO);
		SettingRule.isBetween("progress.sse.stop-timeout", stopTimeout, Duration.ZERO);
		SettingRule.isBetween("progress.sse.events-per-job", eventsPerJob, 1, SettingRule.MOST_PER_JOB);
		SettingRule.isBetween("progress.sse.milestones-per-job", milestonesPerJob, 1, SettingRule.MOST_PER_JOB);
	}

	/**
	 * Threads of started jobs.
	 *
	 * @param threads Number of jobs that run at the same time.
	 * @param queueCapacity Number of jobs that may wait for a thread. With virtual
	 * threads no job waits; then it is the number of jobs that may run in addition to
	 * 'threads'.
	 * @param bean Name of an executor bean of the application that runs the jobs instead.
	 */
	record ExecutorProperties(@DefaultValue("64") int threads, @DefaultValue("10000") int queueCapacity,
			@Nullable String bean) {

		private static final int MAX = 1_000_000;

		ExecutorProperties {
			SettingRule.isBetween("progress.sse.executor.threads", threads, 1, MAX);
			SettingRule.isBetween("progress.sse.executor.queue-capacity", queueCapacity, 0, MAX);
		}

	}

	/**
	 * Threads of cancel actions.
	 *
	 * @param threads Number of jobs whose 'onCancel' actions run at the same time.
	 * @param queueCapacity Number of jobs whose 'onCancel' actions may wait for a thread.
	 * Further ones run on the thread that asks; if that thread must not block, they are
	 * tried again later.
	 */
	record CancelProperties(@DefaultValue("16") int threads, @DefaultValue("10000") int queueCapacity) {

		CancelProperties {
			SettingRule.isBetween("progress.sse.cancel.threads", threads, 1, ExecutorProperties.MAX);
			SettingRule.isBetween("progress.sse.cancel.queue-capacity", queueCapacity, 0, ExecutorProperties.MAX);
		}

	}

	/**
	 * Events on their way to the store.
	 *
	 * @param capacity Number of events of one job that may wait for a store that does not
	 * answer. Samples of moving counters are always merged into the newest one. When the
	 * queue is full, the oldest phases and notes are dropped, and the next event says how
	 * many. The final event is never dropped.
	 * @param total Number of events of all jobs together that may wait. Above it each job
	 * keeps its newest event only.
	 */
	record OutboxProperties(@DefaultValue("64") int capacity, @DefaultValue("65536") int total) {

		OutboxProperties {
			SettingRule.isBetween("progress.sse.outbox.capacity", capacity, 8, SettingRule.MOST_PER_JOB);
			SettingRule.atLeast("progress.sse.outbox.total", total, 1);
		}

	}

	/**
	 * Jobs kept in memory.
	 *
	 * @param maxJobs Number of jobs that are kept in memory. When it is reached, the jobs
	 * that ended first are removed.
	 */
	record MemoryProperties(@DefaultValue("10000") int maxJobs) {

		MemoryProperties {
			SettingRule.atLeast("progress.sse.memory.max-jobs", maxJobs, 1);
		}

	}

	/**
	 * How long ended jobs are kept.
	 *
	 * @param events How long the events of an ended job can be replayed.
	 * @param result How long the final state of an ended job is kept.
	 */
	public record RetentionProperties(@DefaultValue("10m") Duration events, @DefaultValue("24h") Duration result) {

		public RetentionProperties {
			SettingRule.isBetween("progress.sse.retention.result", result, Duration.ZERO, SettingRule.LONGEST_KEPT);
			SettingRule.isBetween("progress.sse.retention.events", events, Duration.ZERO, SettingRule.LONGEST_KEPT);
			SettingRule.isTrue("progress.sse.retention.events", events.compareTo(result) <= 0,
					"must be at most 'progress.sse.retention.result' (" + DurationStyle.SIMPLE.print(result)
							+ "), because events are kept together with the result",
					DurationStyle.SIMPLE.print(events));
		}

	}

}
