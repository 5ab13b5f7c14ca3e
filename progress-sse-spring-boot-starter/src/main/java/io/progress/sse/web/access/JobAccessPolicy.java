package io.progress.sse.web.access;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;

/**
 * Decides who may see a job. A job that a caller may not see looks exactly like one that
 * does not exist. A bean of this type replaces the default.
 */
@FunctionalInterface
public interface JobAccessPolicy {

	/**
	 * Whether a caller may do something with a job. Asked for each request, and again
	 * when a job that was waited for has come.
	 * @param caller who asks; {@code null} if nobody knows. For a caller who shows a
	 * ticket that another node has given out, the name, and with Spring Security the
	 * authorities
	 * @param job the job
	 * @param action what for
	 * @return {@code true} if so; must not block; empty and an error mean no
	 */
	Mono<Boolean> permits(@Nullable Principal caller, JobInfo job, Action action);

	/**
	 * A job belongs to its owner, and one without an owner to nobody. The default where
	 * there is Spring Security.
	 * @return the policy
	 */
	static JobAccessPolicy owners() {
		return OwnersPolicy.CLOSED;
	}

	/**
	 * A job belongs to its owner, and one without an owner to anyone who knows its id.
	 * The default where there is no Spring Security.
	 * @return the policy
	 */
	static JobAccessPolicy ownersOrIds() {
		return OwnersPolicy.OPEN;
	}

	/** What a caller wants to do with a job. */
	enum Action {

		/** See its events or where it stands. */
		WATCH,

		/** Ask it to stop. */
		CANCEL

	}

}
