package io.progress.sse;

import org.jspecify.annotations.Nullable;

/**
 * Names the user that a thread works for. Jobs whose specification, parent and request
 * name no owner belong to this user.
 */
@FunctionalInterface
public interface CurrentUser {

	/**
	 * Returns the user's name. Called on the thread that starts a job; must not block. An
	 * exception is logged, and the job has no owner.
	 * @return the name; {@code null} if no user is known
	 */
	@Nullable String name();

}
