package io.progress.sse.batch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.job.JobExecution;

import io.progress.sse.JobListener;
import io.progress.sse.event.JobId;
import io.progress.sse.event.ProgressEvent;

/**
 * The runs of this process. Hears of the progress of nested jobs, and passes it on to the
 * steps that launched them.
 */
final class BatchRegistry implements JobListener {

	/** How many ended executions are remembered with the ids of their jobs. */
	private static final int REMEMBERED = 1_000;

	private final Map<Key, BatchRun> running = new ConcurrentHashMap<>();

	private final Map<JobId, BatchRun> nested = new ConcurrentHashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Long, JobId> ids = new LinkedHashMap<>() {
		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, JobId> eldest) {
			return size() > REMEMBERED;
		}
	};

	@Nullable BatchRun find(JobExecution execution) {
		return this.running.get(Key.of(execution));
	}

	@Nullable JobId id(long execution) {
		this.lock.lock();
		try {
			return this.ids.get(execution);
		}
		finally {
			this.lock.unlock();
		}
	}

	Collection<BatchRun> running() {
		return this.running.values();
	}

	void add(BatchRun run) {
		this.running.put(Key.of(run.execution()), run);
		if (run.outer() != null) {
			this.nested.put(run.id(), run);
		}
		this.lock.lock();
		try {
			this.ids.put(run.execution().getId(), run.id());
		}
		finally {
			this.lock.unlock();
		}
	}

	void remove(BatchRun run) {
		this.running.remove(Key.of(run.execution()), run);
		this.nested.remove(run.id());
	}

	@Override
	public void reported(ProgressEvent event) {
		BatchRun run = this.nested.get(event.jobId());
		StepRun outer = (run != null) ? run.outer() : null;
		Double fraction = event.progress().fraction();
		if (outer != null && fraction != null) {
			outer.nested(fraction);
			outer.run().moved();
		}
	}

	/**
	 * The name belongs to it because a repository without resources gives all executions
	 * the same id.
	 */
	private record Key(String name, long execution) {

		static Key of(JobExecution execution) {
			return new Key(execution.getJobInstance().getJobName(), execution.getId());
		}

	}

}
