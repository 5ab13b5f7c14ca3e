package io.progress.sse.store;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobInfo;

/**
 * A job in a list, as it stood when it was looked at.
 *
 * @param job the job
 * @param latest its newest event
 * @param lease time until the worker must be heard of again, negative if that has passed;
 * {@code null} if the store has no leases or the job has ended
 */
public record ListedJob(JobInfo job, StoredEvent latest, @Nullable Duration lease) {

}
