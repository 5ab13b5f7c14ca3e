package io.progress.sse.engine;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.event.JobId;

/**
 * The jobs of this process that are still running or whose events are not all stored yet.
 */
final class JobRegistry {

	private final ConcurrentMap<JobId, TrackedJob> jobs = new ConcurrentHashMap<>();

	/** For each id the newest job that has ended, until its end is stored. */
	private final ConcurrentMap<JobId, TrackedJob> leaving = new ConcurrentHashMap<>();

	private final Ticker ticker;

	private volatile boolean closed;

	JobRegistry(Ticker ticker) {
		this.ticker = ticker;
	}

	/**
	 * Adds a job. If the end of an earlier run under the same id is not stored yet, the
	 * store's answer for this id would be wrong, so the new job's events wait until that
	 * end is stored.
	 * @throws DuplicateJobException if another job has this id
	 */
	void add(TrackedJob job) {
		if (this.jobs.putIfAbsent(job.id(), job) != null) {
			throw new DuplicateJobException(job.id());
		}
		try {
			TrackedJob before = this.leaving.get(job.id());
			if (before != null) {
				job.outbox().goBehind(before.outbox());
			}
			this.ticker.add(job);
			job.outbox().onFinish((stored) -> this.ticker.remove(job));
		}
		catch (Throwable ex) {
			this.ticker.remove(job);
			this.jobs.remove(job.id(), job);
			throw ex;
		}
	}

	/**
	 * Frees the id of a job that has ended.
	 */
	void remove(TrackedJob job) {
		try {
			if (!job.outbox().finished().isDone()) {
				this.leaving.put(job.id(), job);
				job.outbox().onFinish((stored) -> this.leaving.remove(job.id(), job));
			}
		}
		finally {
			this.jobs.remove(job.id(), job);
		}
	}

	@Nullable TrackedJob get(JobId id) {
		return this.jobs.get(id);
	}

	int size() {
		return this.jobs.size();
	}

	/**
	 * Asks all jobs to stop.
	 * @return completes when all of them have ended
	 */
	CompletableFuture<Void> stop() {
		List<TrackedJob> asked = List.copyOf(this.jobs.values());
		asked.forEach(TrackedJob::stop);
		return CompletableFuture
			.allOf(asked.stream().map((job) -> job.ended().toCompletableFuture()).toArray(CompletableFuture[]::new));
	}

	/**
	 * Ends all jobs as failed, and later ones before they begin. Their work is not
	 * interrupted.
	 */
	void close() {
		this.closed = true;
		this.jobs.values().forEach(this::endIfClosed);
	}

	void endIfClosed(TrackedJob job) {
		if (this.closed) {
			job.end(Ending.SHUT_DOWN);
		}
	}

	/**
	 * Returns the jobs that run or whose events are not all stored.
	 */
	Collection<TrackedJob> unstored() {
		return this.ticker.jobs();
	}

}
