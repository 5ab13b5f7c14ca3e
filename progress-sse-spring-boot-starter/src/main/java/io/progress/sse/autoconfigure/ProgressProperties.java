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
 * @param unwatchedInterval How often moving counters of a job are published that nobody
 * watches, where the store can tell.
 * @param admissionTimeout How long a job waits for the store to confirm an id that was
 * chosen by the caller.
 * @param stopTimeout How long a shutdown waits for jobs that it has asked to stop before
 * viewers are told.
 * @param flushTimeout How long a shutdown waits for the store to take the last events.
 * @param eventsPerJob Newest events that are kept of a job.
 * @param milestonesPerJob Milestones that are kept of a job beyond its newest events:
 * phases, notes and changes of state.
 * @param executor Threads of started jobs.
 * @param cancel Threads of what jobs do when they are asked to stop.
 * @param outbox Events on their way to the store.
 * @param memory Jobs kept in memory.
 * @param retention What is kept of ended jobs.
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
	 * @param threads Jobs that run at a time.
	 * @param queueCapacity Jobs that may wait for a thread; with virtual threads, which
	 * nobody waits for, jobs that may run beyond 'threads'.
	 * @param bean Name of an executor of the application where jobs run instead.
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
	 * Threads of what jobs do when they are asked to stop.
	 *
	 * @param threads Jobs whose 'onCancel' actions run at a time.
	 * @param queueCapacity Jobs whose 'onCancel' actions may wait for a thread; those of
	 * others run on the thread that asks, or are tried again if it must not block.
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
	 * @param capacity Events of one job that may wait for a store that is away. Samples
	 * of moving counters are always merged into the newest one; beyond the capacity the
	 * oldest phases and notes are dropped, and the next event says how many. The end
	 * never is.
	 * @param total Events of all jobs together that may wait; beyond it each job keeps
	 * its newest one.
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
	 * @param maxJobs Jobs that are kept in memory; when there are more, those that ended
	 * first make room.
	 */
	record MemoryProperties(@DefaultValue("10000") int maxJobs) {

		MemoryProperties {
			SettingRule.atLeast("progress.sse.memory.max-jobs", maxJobs, 1);
		}

	}

	/**
	 * What is kept of ended jobs.
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
							+ "), since events are kept with the result",
					DurationStyle.SIMPLE.print(events));
		}

	}

}
