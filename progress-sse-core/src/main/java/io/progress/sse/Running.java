package io.progress.sse;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;

/**
 * The jobs of this process that have not ended, and those whose events are not all stored
 * yet.
 */
final class Running {

	private static final JobError SHUTDOWN = new JobError("shutdown", "The job was stopped by a shutdown");

	private final ConcurrentMap<JobId, TrackedJob> jobs = new ConcurrentHashMap<>();

	private final Ticker ticker;

	private volatile boolean closed;

	Running(Ticker ticker) {
		this.ticker = ticker;
	}

	/**
	 * Adds a job.
	 * @throws DuplicateJobException if another one has its id
	 */
	void add(TrackedJob job) {
		if (this.jobs.putIfAbsent(job.id(), job) != null) {
			throw new DuplicateJobException(job.id());
		}
		this.ticker.add(job);
		job.outbox().onFinish((stored) -> this.ticker.remove(job));
	}

	/**
	 * Makes the id of a job free that has ended.
	 */
	void remove(TrackedJob job) {
		this.jobs.remove(job.id(), job);
	}

	@Nullable TrackedJob get(JobId id) {
		return this.jobs.get(id);
	}

	int size() {
		return this.jobs.size();
	}

	/**
	 * Ends all jobs, and those that come later before they begin: they are told of as
	 * failed, and their work is left alone.
	 */
	void close() {
		this.closed = true;
		this.jobs.values().forEach(this::endIfClosed);
	}

	void endIfClosed(TrackedJob job) {
		if (this.closed) {
			job.fail(SHUTDOWN);
		}
	}

	/**
	 * Those that run, and those whose events are not all stored.
	 */
	Collection<TrackedJob> unstored() {
		return this.ticker.jobs();
	}

}
