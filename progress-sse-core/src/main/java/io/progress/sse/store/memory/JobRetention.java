package io.progress.sse.store.memory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.StoreFullException;
import io.progress.sse.store.StoreNotice;

/**
 * Keeps jobs for a limited time and in a limited number. Each access to a job goes
 * through here, so that no caller gets a job whose time is over.
 */
final class JobRetention {

	private final SlotTable slots = new SlotTable();

	private final AtomicInteger jobs = new AtomicInteger();

	private final EndedJobs ended = new EndedJobs();

	private final LongAdder evictions = new LongAdder();

	/** The highest {@code ms} of all removed jobs. */
	private final AtomicLong goneMs = new AtomicLong(-1);

	private final int maxJobs;

	private final long eventRetention;

	private final long resultRetention;

	private final LongSupplier time;

	private final JobLists lists;

	/**
	 * Creates it without jobs.
	 * @param maxJobs how many jobs are kept
	 * @param eventRetention how long the events of an ended job are kept
	 * @param resultRetention how long the final event of a job is kept
	 * @param time measures retentions, in milliseconds; never goes back
	 * @param lists the lists that removed jobs leave
	 */
	JobRetention(int maxJobs, Duration eventRetention, Duration resultRetention, LongSupplier time, JobLists lists) {
		this.maxJobs = maxJobs;
		this.eventRetention = eventRetention.toMillis();
		this.resultRetention = resultRetention.toMillis();
		this.time = time;
		this.lists = lists;
	}

	int jobs() {
		sweep();
		return this.jobs.get();
	}

	long evictions() {
		return this.evictions.sum();
	}

	/**
	 * Returns the lowest {@code ms} for a new job. It is above those of all removed jobs,
	 * so no id is given twice.
	 */
	long lowestMs() {
		return this.goneMs.get() + 1;
	}

	/**
	 * Whether there may be a job of this id, or a listener to it.
	 */
	boolean hasSlot(JobId id) {
		return this.slots.contains(id);
	}

	void run(JobId id, Consumer<SlotTable.Slot> action) {
		locked(id, (slot) -> {
			action.accept(slot);
			return true;
		});
	}

	/**
	 * Runs an action under the lock of a job, after its events or the job itself were
	 * removed if their time is over.
	 * @see SlotTable#locked
	 */
	<T extends @Nullable Object> T locked(JobId id, Function<SlotTable.Slot, T> action) {
		return this.slots.locked(id, (slot) -> {
			expire(slot);
			return action.apply(slot);
		});
	}

	/**
	 * Reserves room for a new job. Locks other jobs, so it must not be called under a
	 * job's lock.
	 * @throws StoreFullException if there is no room
	 */
	void reserve() {
		sweep();
		while (true) {
			int held = this.jobs.get();
			if (held < this.maxJobs) {
				if (this.jobs.compareAndSet(held, held + 1)) {
					return;
				}
			}
			else {
				evict();
			}
		}
	}

	/**
	 * Gives reserved room back.
	 */
	void release() {
		this.jobs.decrementAndGet();
	}

	private void evict() {
		EndedJobs.Ended oldest = this.ended.pollOldest();
		if (oldest == null) {
			throw new StoreFullException("'maxJobs' must be more than the number of jobs that have not ended, but is "
					+ this.maxJobs + "; a new job was not stored");
		}
		if (remove(oldest)) {
			this.evictions.increment();
		}
	}

	/**
	 * Starts the time after the end of a job.
	 */
	void end(StoredJob job) {
		this.ended.add(job, this.time.getAsLong());
	}

	/**
	 * Removes all jobs and events whose time is over.
	 */
	void sweep() {
		long now = this.time.getAsLong();
		EndedJobs.Ended over = this.ended.pollEnded(now - this.resultRetention);
		while (over != null) {
			remove(over);
			over = this.ended.pollEnded(now - this.resultRetention);
		}
		EndedJobs.Ended old = this.ended.pollWithHistory(now - this.eventRetention);
		while (old != null) {
			run(old.id(), this::expire);
			old = this.ended.pollWithHistory(now - this.eventRetention);
		}
	}

	private void expire(SlotTable.Slot slot) {
		StoredJob job = slot.job;
		if (job == null || !job.hasEnded()) {
			return;
		}
		long now = this.time.getAsLong();
		if (job.endedFor(this.resultRetention, now)) {
			remove(slot, job);
		}
		else if (job.endedFor(this.eventRetention, now)) {
			job.keepLatest();
		}
	}

	private boolean remove(EndedJobs.Ended ended) {
		return locked(ended.id(), (slot) -> {
			if (slot.job == ended.job()) {
				remove(slot, ended.job());
				return true;
			}
			return false;
		});
	}

	/**
	 * Removes a job from its slot, under the slot's lock.
	 */
	void remove(SlotTable.Slot slot, StoredJob job) {
		slot.job = null;
		forget(job);
		this.goneMs.accumulateAndGet(job.ms(), Math::max);
		release();
		slot.tell(new StoreNotice.Ready());
	}

	/**
	 * Forgets a job that another run replaces or that is removed.
	 */
	void forget(StoredJob job) {
		this.ended.remove(job);
		this.lists.remove(job);
	}

}
