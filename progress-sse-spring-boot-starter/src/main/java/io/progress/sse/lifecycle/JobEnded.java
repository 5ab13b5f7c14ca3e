package io.progress.sse.lifecycle;

import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;

/**
 * Application event: a job of this process has ended. Listen with an
 * {@code @EventListener}; it is called on the thread that ends the job.
 *
 * @param job the job
 * @param terminal its last event: its state, its final counters, its result or error
 */
public record JobEnded(JobInfo job, ProgressEvent terminal) {

}
