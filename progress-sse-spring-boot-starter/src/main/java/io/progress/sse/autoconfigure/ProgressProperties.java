package io.progress.sse.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.progress.sse.support.JobSettings;

/**
 * Properties of the tracker: how jobs run and are published.
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
 * @param node Name of this process, which operators see beside its jobs. By default the
 * name of the host, followed by a colon and 'server.port' if that is set.
 * @param executor Threads of started jobs.
 * @param cancel Threads of cancel actions.
 * @param outbox Events on their way to the store.
 */
@ConfigurationProperties("progress.sse")
record ProgressProperties(@DefaultValue(JobSettings.PUBLISH_INTERVAL_MILLIS + "ms") Duration publishInterval,
		@DefaultValue(JobSettings.UNWATCHED_INTERVAL_SECONDS + "s") Duration unwatchedInterval,
		@DefaultValue(JobSettings.ADMISSION_TIMEOUT_SECONDS + "s") Duration admissionTimeout,
		@DefaultValue(JobSettings.STOP_TIMEOUT_SECONDS + "s") Duration stopTimeout,
		@DefaultValue(JobSettings.FLUSH_TIMEOUT_SECONDS + "s") Duration flushTimeout, @Nullable String node,
		@DefaultValue ExecutorProperties executor, @DefaultValue CancelProperties cancel,
		@DefaultValue OutboxProperties outbox) {

	ProgressProperties {
		JobSettings.PUBLISH_INTERVAL.check("progress.sse.publish-interval", publishInterval);
		JobSettings.PUBLISH_INTERVAL.check("progress.sse.unwatched-interval", unwatchedInterval);
		JobSettings.TIMEOUT.check("progress.sse.admission-timeout", admissionTimeout);
		JobSettings.TIMEOUT.check("progress.sse.flush-timeout", flushTimeout);
		JobSettings.TIMEOUT.check("progress.sse.stop-timeout", stopTimeout);
		if (node != null) {
			JobSettings.checkNode("progress.sse.node", node);
		}
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
	record ExecutorProperties(@DefaultValue("" + JobSettings.JOB_THREADS) int threads,
			@DefaultValue("" + JobSettings.QUEUED_JOBS) int queueCapacity, @Nullable String bean) {

		ExecutorProperties {
			JobSettings.THREADS.check("progress.sse.executor.threads", threads);
			JobSettings.QUEUE.check("progress.sse.executor.queue-capacity", queueCapacity);
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
	record CancelProperties(@DefaultValue("" + JobSettings.CANCEL_THREADS) int threads,
			@DefaultValue("" + JobSettings.QUEUED_JOBS) int queueCapacity) {

		CancelProperties {
			JobSettings.THREADS.check("progress.sse.cancel.threads", threads);
			JobSettings.QUEUE.check("progress.sse.cancel.queue-capacity", queueCapacity);
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
	record OutboxProperties(@DefaultValue("" + JobSettings.OUTBOX_CAPACITY_EVENTS) int capacity,
			@DefaultValue("" + JobSettings.OUTBOX_TOTAL_EVENTS) int total) {

		OutboxProperties {
			JobSettings.OUTBOX_CAPACITY.check("progress.sse.outbox.capacity", capacity);
			JobSettings.ANY_NUMBER.check("progress.sse.outbox.total", total);
		}

	}

}
