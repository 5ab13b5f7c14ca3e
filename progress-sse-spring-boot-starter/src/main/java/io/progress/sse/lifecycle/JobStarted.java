package io.progress.sse.lifecycle;

import io.progress.sse.event.JobInfo;

/**
 * Application event: a job of this process was admitted. Listen with an
 * {@code @EventListener}; it is called on the thread that starts the job.
 *
 * @param job the job
 */
public record JobStarted(JobInfo job) {

}
