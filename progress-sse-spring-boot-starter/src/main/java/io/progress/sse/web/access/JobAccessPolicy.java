package io.progress.sse.web.access;

import java.security.Principal;

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
	 * Returns the policy by which only its owner may see a job, and nobody may see a job
	 * without an owner. The default with Spring Security.
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
		CANCEL

	}

}
