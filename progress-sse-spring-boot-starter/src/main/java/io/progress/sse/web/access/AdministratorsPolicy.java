package io.progress.sse.web.access;

import java.security.Principal;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;

/**
 * A policy that administrators are exempt from.
 *
 * @param others the policy for everybody else
 * @param isAdministrator whether a caller is an administrator
 */
record AdministratorsPolicy(JobAccessPolicy others,
		Predicate<? super Principal> isAdministrator) implements JobAccessPolicy {

	@Override
	public Mono<Boolean> permits(@Nullable Principal caller, JobInfo job, Action action) {
		return isExempt(caller) ? Mono.just(true) : this.others.permits(caller, job, action);
	}

	@Override
	public Mono<Boolean> mayList(@Nullable Principal caller, @Nullable String owner) {
		return isExempt(caller) ? Mono.just(true) : this.others.mayList(caller, owner);
	}

	/** For the log. */
	@Override
	public String toString() {
		return this.others + ", and administrators";
	}

	private boolean isExempt(@Nullable Principal caller) {
		return caller != null && this.isAdministrator.test(caller);
	}

}
