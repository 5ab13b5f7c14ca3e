package io.progress.sse.actuate;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

import io.progress.sse.JobListener;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;

/**
 * The jobs of this process that have not ended, each with its newest event. It holds the
 * same jobs as the tracker.
 */
final class RunningJobs implements JobListener {

	private static final Comparator<RunningJob> NEWEST_FIRST = Comparator
		.comparing((RunningJob each) -> each.job().createdAt())
		.thenComparing((each) -> each.job().id())
		.reversed();

	private final ConcurrentMap<JobId, RunningJob> jobs = new ConcurrentHashMap<>();

	@Override
	public void started(JobInfo job) {
		this.jobs.put(job.id(), new RunningJob(job, null));
	}

	@Override
	public void reported(ProgressEvent event) {
		this.jobs.computeIfPresent(event.jobId(), (id, known) -> new RunningJob(known.job(), event));
	}

	@Override
	public void ended(JobInfo job, ProgressEvent terminal) {
		forget(job);
	}

	/** A job that another writer has taken over does not end in this process. */
	@Override
	public void settled(JobInfo job, boolean stored) {
		forget(job);
	}

	/** The id may already belong to the next run. */
	private void forget(JobInfo job) {
		this.jobs.computeIfPresent(job.id(), (id, known) -> known.job().equals(job) ? null : known);
	}

	/**
	 * Returns the newest jobs.
	 * @param limit how many at most
	 */
	List<RunningJob> newest(int limit) {
		return this.jobs.values().stream().sorted(NEWEST_FIRST).limit(limit).toList();
	}

	/**
	 * Whether this run of a job is still running.
	 */
	boolean contains(JobInfo job) {
		RunningJob known = this.jobs.get(job.id());
		return known != null && known.job().equals(job);
	}

	int size() {
		return this.jobs.size();
	}

	/**
	 * A job that has not ended.
	 *
	 * @param job the job
	 * @param latest its newest event; {@code null} before the first one
	 */
	record RunningJob(JobInfo job, @Nullable ProgressEvent latest) {

	}

}
