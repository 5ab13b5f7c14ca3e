package io.progress.sse.dashboard;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.access.JobAccessPolicy;

/**
 * Logs once that nobody can see the dashboard, if that is so, and what to do.
 */
final class DashboardNotice implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(DashboardNotice.class);

	private final JobAccessPolicy policy;

	private final EventStreams streams;

	private final WebSettings settings;

	/**
	 * Creates the notice.
	 * @param policy who may list all jobs; of a policy of the application's own nothing
	 * is known
	 * @param streams where jobs are listed
	 * @param settings where the dashboard would be
	 */
	DashboardNotice(JobAccessPolicy policy, EventStreams streams, WebSettings settings) {
		this.policy = policy;
		this.streams = streams;
		this.settings = settings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!this.streams.hasIndex()) {
			logger.warn("{}/dashboard has no jobs to show: the store keeps no list of them. "
					+ "Use one that does (JobIndex), such as the one in memory or the one of progress-sse-redis",
					this.settings.path());
		}
		else if (this.policy == JobAccessPolicy.owners() || this.policy == JobAccessPolicy.ownersOrIds()) {
			logger
				.info("{}/dashboard is off: nobody may list the jobs of all owners. To turn it on, add Spring Security, "
						+ "and give a user the role that 'progress.sse.list.admin-role' names (ADMIN by default), or declare a "
						+ "JobAccessPolicy, such as JobAccessPolicy.ownersOrIds().orAdministrators(…)",
						this.settings.path());
		}
	}

}
