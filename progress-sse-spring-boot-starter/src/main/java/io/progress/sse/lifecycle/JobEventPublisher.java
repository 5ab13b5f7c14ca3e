package io.progress.sse.lifecycle;

import org.springframework.context.ApplicationEventPublisher;

import io.progress.sse.JobListener;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;

/**
 * Publishes {@link JobStarted} and {@link JobEnded}.
 */
public final class JobEventPublisher implements JobListener {

	private final ApplicationEventPublisher events;

	/**
	 * Creates the publisher.
	 * @param events where to publish
	 */
	public JobEventPublisher(ApplicationEventPublisher events) {
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
