package io.progress.sse.store.memory;

import java.time.Clock;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.JobNotice;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;

/**
 * The jobs of a store. Events of a job are stored, and its listeners are called, under
 * the lock of its slot.
 */
final class StoredJobs {

	private final Clock clock;

	private final JobLimits limits;

	private final JobRetention retention;

	private final JobLists lists;

	private final JobNews news;

	StoredJobs(Clock clock, JobLimits limits, JobRetention retention, JobLists lists, JobNews news) {
		this.clock = clock;
		this.limits = limits;
		this.retention = retention;
		this.lists = lists;
		this.news = news;
	}

	/**
	 * Stores a batch. The listeners to jobs as a whole are called without a lock, because
	 * they may call the store.
	 */
	AppendResult append(EventBatch batch) {
		Stored stored = store(batch);
		if (stored.appeared() != null) {
			this.news.tell(stored.appeared(), new JobNotice.Appeared(stored.appeared()));
		}
		if (stored.ended() != null) {
			this.news.tell(stored.ended(), new JobNotice.Ended(stored.ended().id()));
		}
		return stored.result();
	}

	private Stored store(EventBatch batch) {
		Stored stored = this.retention.locked(batch.job().id(), (slot) -> {
			if (slot.job != null) {
				return store(batch, slot, slot.job);
			}
			return (StoredJob.judgeFirst(batch) != Status.STORED)
					? new Stored(new AppendResult(Status.MISSING, null, 0, slot.isWatched()), null, null) : null;
		});
		return (stored != null) ? stored : create(batch);
	}

	private Stored create(EventBatch batch) {
		this.retention.reserve();
		return this.retention.locked(batch.job().id(), (slot) -> {
			StoredJob held = slot.job;
			try {
				return store(batch, slot,
						(held != null) ? held : new StoredJob(batch, this.limits, this.retention.lowestMs()));
			}
			finally {
				if (held != null || slot.job == null) {
					this.retention.release();
				}
			}
		});
	}

	private Stored store(EventBatch batch, SlotTable.Slot slot, StoredJob held) {
		Status status = held.judge(batch);
		StoredJob job = (status == Status.STORED && held.isReplacedBy(batch))
				? new StoredJob(batch, this.limits, held.ms() + 1) : held;
		boolean appears = false;
		boolean ends = false;
		if (status == Status.STORED) {
			EventId before = job.latest();
			List<StoredEvent> events = job.store(batch, this.clock.millis());
			if (job != held) {
				this.retention.forget(held);
			}
			slot.job = job;
			appears = !job.isListed();
			if (appears) {
				this.lists.add(job);
				job.setListed();
			}
			ends = job.hasEnded() && job.endOrder() < 0;
			if (ends) {
				this.lists.end(job);
				this.retention.end(job);
			}
			slot.tell(events, before);
		}
		return new Stored(new AppendResult(status, job.latest(), job.known(batch.writer()), slot.isWatched()),
				appears ? job.info() : null, ends ? job.info() : null);
	}

	@Nullable EventPage page(JobId id, @Nullable EventId after, int limit) {
		if (limit < 0) {
			throw new IllegalArgumentException("'limit' must be at least 0, but is " + limit);
		}
		if (!this.retention.hasSlot(id)) {
			return null;
		}
		return this.retention.locked(id, (slot) -> (slot.job != null) ? slot.job.page(after, limit) : null);
	}

	void listen(JobId id, FluxSink<StoreNotice> sink) {
		this.retention.run(id, (slot) -> slot.add(sink));
		sink.onDispose(() -> this.retention.run(id, (slot) -> slot.remove(sink)));
	}

	boolean delete(JobId id) {
		StoredJob deleted = this.retention.locked(id, (slot) -> {
			StoredJob job = slot.job;
			if (job != null) {
				this.retention.remove(slot, job);
			}
			return job;
		});
		if (deleted != null && !deleted.hasEnded()) {
			this.news.tell(deleted.info(), new JobNotice.Ended(id));
		}
		return deleted != null;
	}

	JobPage list(JobQuery query) {
		this.retention.sweep();
		return this.lists.page(query,
				(job) -> this.retention.locked(job.info().id(), (slot) -> (slot.job == job) ? job.asListed() : null));
	}

	/**
	 * The outcome of an append.
	 *
	 * @param result the answer
	 * @param appeared the job, if it was not there before; otherwise {@code null}
	 * @param ended the job, if it has ended now; otherwise {@code null}
	 */
	private record Stored(AppendResult result, @Nullable JobInfo appeared, @Nullable JobInfo ended) {
	}

}
