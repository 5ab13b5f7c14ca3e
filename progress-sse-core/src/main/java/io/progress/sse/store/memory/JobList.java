package io.progress.sse.store.memory;

import java.util.NavigableMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.jspecify.annotations.Nullable;

import io.progress.sse.store.JobCursor;

/**
 * A sorted list of jobs, and a second one of those that have not ended. Read by many
 * threads, changed by one at a time.
 */
final class JobList {

	private final Part all = new Part();

	private final Part running = new Part();

	void add(StoredJob job) {
		this.all.add(job);
		this.running.add(job);
	}

	void end(StoredJob job) {
		this.running.remove(job);
	}

	void remove(StoredJob job) {
		this.all.remove(job);
		this.running.remove(job);
	}

	/**
	 * Drops the oldest jobs.
	 * @param max how many are kept
	 * @return how many were dropped
	 */
	int trim(int max) {
		this.running.trim(max);
		return this.all.trim(max);
	}

	boolean isEmpty() {
		return this.all.jobs.isEmpty() && this.running.jobs.isEmpty();
	}

	NavigableMap<JobCursor, StoredJob> behind(@Nullable JobCursor cursor, boolean running) {
		ConcurrentNavigableMap<JobCursor, StoredJob> jobs = running ? this.running.jobs : this.all.jobs;
		return (cursor != null) ? jobs.tailMap(cursor, false) : jobs;
	}

	private static final class Part {

		private final ConcurrentNavigableMap<JobCursor, StoredJob> jobs = new ConcurrentSkipListMap<>();

		/** A separate counter, because the map counts its entries one by one. */
		private int size;

		private void add(StoredJob job) {
			if (this.jobs.put(job.place(), job) == null) {
				this.size++;
			}
		}

		private void remove(StoredJob job) {
			if (this.jobs.remove(job.place(), job)) {
				this.size--;
			}
		}

		private int trim(int max) {
			int dropped = 0;
			while (this.size > max) {
				this.jobs.pollLastEntry();
				this.size--;
				dropped++;
			}
			return dropped;
		}

	}

}
