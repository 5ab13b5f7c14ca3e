package io.progress.sse.dashboard;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.access.JobAccessPolicy;

/**
 * Logs at start-up if the dashboard cannot show any jobs, and how to change this.
 */
final class DashboardNotice implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(DashboardNotice.class);

	private final JobAccessPolicy policy;

	private final EventStreams streams;

	private final WebSettings settings;

	/**
	 * Creates the notice.
	 * @param policy decides who may list all jobs. Of an application's own policy it is
	 * not known whom it permits
	 * @param streams tells whether the store can list jobs
	 * @param settings the settings, which have the path of the dashboard
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
