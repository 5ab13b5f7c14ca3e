package io.progress.sse.web;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

/**
 * Does the work of a job again, as a new job. The library never does so by itself: a bean
 * of this type lets clients ask for it.
 */
@FunctionalInterface
public interface JobRetry {

	/**
	 * Starts the work of a job once more.
	 * @param job the job, which has ended. The caller may retry it, as the policy says
	 * @param caller who asks; {@code null} if nobody knows. May be somebody else than the
	 * job's owner, to whom the new job should belong too
	 * @return id of the new job; empty if this job cannot be done again. Must not block;
	 * an error is logged, and is status 500 for the client unless it is that of a tracker
	 * that takes no more jobs
	 */
	Mono<JobId> retry(JobInfo job, @Nullable Principal caller);

}
