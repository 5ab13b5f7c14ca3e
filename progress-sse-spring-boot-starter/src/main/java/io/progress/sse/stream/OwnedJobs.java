package io.progress.sse.stream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobInfo;

/**
 * All jobs of an owner, those that run and future ones.
 *
 * @param owner the owner's name; {@code null} for all owners
 */
public record OwnedJobs(@Nullable String owner) {

	/**
	 * Whether a job is one of them.
	 * @param job the job
	 * @return {@code true} if so
	 */
	public boolean contains(JobInfo job) {
		return this.owner == null || this.owner.equals(job.owner());
	}

}
