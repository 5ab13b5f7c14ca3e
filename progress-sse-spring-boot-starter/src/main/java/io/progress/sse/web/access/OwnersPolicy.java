package io.progress.sse.web.access;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;

/**
 * A job belongs to its owner. They differ in whose a job without an owner is.
 */
enum OwnersPolicy implements JobAccessPolicy {

	/** It is nobody's. */
	CLOSED,

	/** It is everybody's who knows its id. */
	OPEN;

	@Override
	public Mono<Boolean> permits(@Nullable Principal caller, JobInfo job, Action action) {
		String owner = job.owner();
		return Mono
			.just((owner != null) ? caller != null && owner.equals(caller.getName()) : this == OwnersPolicy.OPEN);
	}

}
