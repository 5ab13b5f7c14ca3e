package io.progress.sse.autoconfigure;

import org.springframework.context.ApplicationEventPublisher;

import io.progress.sse.JobListener;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.lifecycle.JobEnded;
import io.progress.sse.lifecycle.JobStarted;

/**
 * Publishes {@link JobStarted} and {@link JobEnded}.
 */
final class JobEventPublisher implements JobListener {

	private final ApplicationEventPublisher events;

	/**
	 * Creates the publisher.
	 * @param events Spring's publisher of events
	 */
	JobEventPublisher(ApplicationEventPublisher events) {
		this.events = events;
	}

	@Override
	public void started(JobInfo job) {
		this.events.publishEvent(new JobStarted(job));
	}

	@Override
	public void ended(JobInfo job, ProgressEvent terminal) {
		this.events.publishEvent(new JobEnded(job, terminal));
	}

}
