package io.progress.sse.web.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Logs once that callers are not identified, so anyone who knows an id may watch the job.
 */
final class OpenAccessNotice implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(OpenAccessNotice.class);

	private final JobAccessPolicy policy;

	/**
	 * Creates the notice.
	 * @param policy the policy; for the application's own policy nothing is logged
	 */
	OpenAccessNotice(JobAccessPolicy policy) {
		this.policy = policy;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.policy == JobAccessPolicy.ownersOrIds()) {
			logger.info("Without Spring Security, anyone who knows the id of a job may watch it, so treat ids like "
					+ "passwords: generated ones cannot be guessed; those that the application makes "
					+ "('jobId' of @TrackProgress, JobSpec.withId) should not be easy to guess");
		}
	}

}
