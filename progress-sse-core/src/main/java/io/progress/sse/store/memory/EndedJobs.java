package io.progress.sse.store.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;

/**
 * The jobs that have ended, in the order of their ends, so that expired ones are found
 * without a scan of all. Safe for use by many threads.
 */
final class EndedJobs {

	private final AtomicLong order = new AtomicLong();

	private final ConcurrentNavigableMap<Long, Ended> byEnd = new ConcurrentSkipListMap<>();

	/** The jobs of which more than the last event is still kept. */
	private final ConcurrentNavigableMap<Long, Ended> withHistory = new ConcurrentSkipListMap<>();

	void add(StoredJob job, long now) {
		long place = this.order.getAndIncrement();
		Ended ended = new Ended(job, now);
		this.byEnd.put(place, ended);
		this.withHistory.put(place, ended);
		job.end(place, now);
	}

	void remove(StoredJob job) {
		this.byEnd.remove(job.endOrder());
		this.withHistory.remove(job.endOrder());
	}

	@Nullable Ended pollOldest() {
		return poll(this.byEnd, Long.MAX_VALUE);
	}

	/**
	 * Removes and returns a job that ended long ago.
	 * @param endedUntil the latest end that counts
	 * @return the job; {@code null} if there is none
	 */
	@Nullable Ended pollEnded(long endedUntil) {
		return poll(this.byEnd, endedUntil);
	}

	@Nullable Ended pollWithHistory(long endedUntil) {
		return poll(this.withHistory, endedUntil);
	}

	private static @Nullable Ended poll(ConcurrentNavigableMap<Long, Ended> jobs, long endedUntil) {
		Map.Entry<Long, Ended> oldest = jobs.firstEntry();
		while (oldest != null && oldest.getValue().endedAt() <= endedUntil) {
			if (jobs.remove(oldest.getKey(), oldest.getValue())) {
				return oldest.getValue();
			}
			oldest = jobs.firstEntry();
		}
		return null;
	}

	record Ended(StoredJob job, long endedAt) {

		JobId id() {
			return this.job.info().id();
		}

	}

}
