package io.progress.sse;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;

/**
 * The jobs of this process that have not ended, and the outboxes that are not empty yet.
 */
final class Running {

	private final ConcurrentMap<JobId, TrackedJob> jobs = new ConcurrentHashMap<>();

	private final Set<Outbox> outboxes = ConcurrentHashMap.newKeySet();

	private final Ticker ticker;

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
		this.outboxes.add(job.outbox());
		job.outbox().onFinish(() -> this.outboxes.remove(job.outbox()));
		this.ticker.add(job);
	}

	void remove(TrackedJob job) {
		this.jobs.remove(job.id(), job);
		this.ticker.remove(job);
	}

	@Nullable TrackedJob get(JobId id) {
		return this.jobs.get(id);
	}

	Collection<TrackedJob> jobs() {
		return List.copyOf(this.jobs.values());
	}

	Collection<Outbox> outboxes() {
		return List.copyOf(this.outboxes);
	}

}
