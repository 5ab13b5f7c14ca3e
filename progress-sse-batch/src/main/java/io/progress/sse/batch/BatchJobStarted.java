package io.progress.sse.batch;

import io.progress.sse.event.JobId;

/**
 * Application event: an execution of Spring Batch has become a job. Published on the
 * thread of the execution before its first step.
 *
 * @param job the id of the job
 * @param batchName the name of the Batch job
 * @param executionId the id of the execution
 */
public record BatchJobStarted(JobId job, String batchName, long executionId) {

}
