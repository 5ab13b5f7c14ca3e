package io.progress.sse.web;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;

/**
 * A job belongs to its owner, and one without an owner to whoever knows its id.
 */
final class OwnersPolicy implements JobAccessPolicy {

	static final OwnersPolicy INSTANCE = new OwnersPolicy();

	private OwnersPolicy() {
	}

	@Override
	public Mono<Boolean> permits(@Nullable Principal caller, JobInfo job, Action action) {
		return Mono.just(job.owner() == null || (caller != null && job.owner().equals(caller.getName())));
	}

}
