package io.progress.sse.web.access;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;

/**
 * The built-in policies: only its owner may see a job. They differ for jobs without an
 * owner.
 */
enum OwnersPolicy implements JobAccessPolicy {

	/** Nobody may see a job without an owner. */
	CLOSED("owners"),

	/** Anyone who knows its id may see a job without an owner. */
	OPEN("owners, and anyone who knows the id of a job without an owner");

	private final String text;

	OwnersPolicy(String text) {
		this.text = text;
	}

	@Override
	public Mono<Boolean> permits(@Nullable Principal caller, JobInfo job, Action action) {
		String owner = job.owner();
		return Mono
			.just((owner != null) ? caller != null && owner.equals(caller.getName()) : this == OwnersPolicy.OPEN);
	}

	/** For the log. */
	@Override
	public String toString() {
		return this.text;
	}

}
