package io.progress.sse.web;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

/**
 * Starts the work of an ended job again, as a new job. The library never does this by
 * itself; with a bean of this type, clients may request it.
 */
@FunctionalInterface
public interface JobRetry {

	/**
	 * Starts the work of a job again.
	 * @param job the job, which has ended. The caller may retry it, as the policy says
	 * @param caller the caller; {@code null} if it is not known. It may differ from the
	 * job's owner; the new job should belong to that owner, too
	 * @return the id of the new job; empty if this job cannot run again. Must not block.
	 * An error is logged, and the client gets status 500, or 503 if the tracker takes no
	 * more jobs
	 */
	Mono<JobId> retry(JobInfo job, @Nullable Principal caller);

}
