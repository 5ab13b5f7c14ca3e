package io.progress.sse.store;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobInfo;

/**
 * A job in a list, with its state when it was read.
 *
 * @param job the job
 * @param latest its newest event
 * @param lease time until the worker must give a sign of life, negative if it is late;
 * {@code null} if the store has no leases or the job has ended
 */
public record ListedJob(JobInfo job, StoredEvent latest, @Nullable Duration lease) {

}
