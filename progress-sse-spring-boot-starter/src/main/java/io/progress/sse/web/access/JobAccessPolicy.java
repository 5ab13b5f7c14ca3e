package io.progress.sse.web.access;

import java.security.Principal;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;

/**
 * Decides who may see a job. To other callers the job looks exactly like one that does
 * not exist. A bean of this type replaces the default.
 */
@FunctionalInterface
public interface JobAccessPolicy {

	/**
	 * Whether a caller may do something with a job. Called for each request, and again
	 * when a job appears for which a stream was waiting.
	 * @param caller the caller's principal; {@code null} if it is not known. For a ticket
	 * that another node has issued it has only the name and, with Spring Security, the
	 * authorities
	 * @param job the job
	 * @param action the action
	 * @return {@code true} if allowed; must not block; empty and an error mean no
	 */
	Mono<Boolean> permits(@Nullable Principal caller, JobInfo job, Action action);

	/**
	 * Whether a caller may list an owner's jobs, and follow all of them on one stream.
	 * Asked for each such request. A list holds only jobs that the caller may watch, so
	 * that {@link #permits} has its say about each.
	 * @param caller the caller; {@code null} if it is not known
	 * @param owner whose jobs; {@code null} for those of all owners and of none
	 * @return {@code true} if so; must not block; empty and an error mean no. By default,
	 * callers may list their own jobs
	 */
	default Mono<Boolean> mayList(@Nullable Principal caller, @Nullable String owner) {
		return Mono.just(caller != null && owner != null && owner.equals(caller.getName()));
	}

	/**
	 * The same policy with administrators, who may do everything with each job and list
	 * those of all owners.
	 * @param isAdministrator whether a caller is one; must not block
	 * @return the policy
	 */
	default JobAccessPolicy orAdministrators(Predicate<? super Principal> isAdministrator) {
		return new AdministratorsPolicy(this, isAdministrator);
	}

	/**
	 * Returns the policy by which only its owner may see a job, and nobody may see a job
	 * without an owner. Together with administrators the default with Spring Security.
	 * @return the policy
	 */
	static JobAccessPolicy owners() {
		return OwnersPolicy.CLOSED;
	}

	/**
	 * Returns the policy by which only its owner may see a job, and anyone who knows the
	 * id may see a job without an owner. The default without Spring Security.
	 * @return the policy
	 */
	static JobAccessPolicy ownersOrIds() {
		return OwnersPolicy.OPEN;
	}

	/** What a caller wants to do with a job. */
	enum Action {

		/** See its events or its state. */
		WATCH,

		/** Ask it to stop. */
		CANCEL,

		/** Have its work done again, as a new job. */
		RETRY

	}

}
