package io.progress.sse.web.access;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.event.JobInfo;

/**
 * Logs once that a job has no owner in an application with users, unless it was started
 * as a job without an owner.
 */
final class OwnerlessJobNotice implements JobListener {

	private static final Logger logger = LoggerFactory.getLogger(OwnerlessJobNotice.class);

	private final AtomicBoolean said = new AtomicBoolean();

	private final Supplier<@Nullable JobAccessPolicy> policy;

	/**
	 * Creates the notice.
	 * @param policy gives the policy; nothing is logged if it shows jobs without an owner
	 * or is the application's own
	 */
	OwnerlessJobNotice(Supplier<@Nullable JobAccessPolicy> policy) {
		this.policy = policy;
	}

	@Override
	public void started(JobInfo job, JobSpec spec) {
		if (job.owner() == null && !spec.ownerless() && !this.said.get() && isByOwner(this.policy.get())
				&& this.said.compareAndSet(false, true)) {
			logger.warn("Nobody may watch job '{}': it has no owner, because the thread that started it knows no user, "
					+ "and does not work for a request. Set the owner (JobSpec.withOwner, or 'owner' of "
					+ "@TrackProgress), or make the user known to the thread (docs/security.md, 'Jobs of other threads'). "
					+ "This is logged once", job.name());
		}
	}

	private static boolean isByOwner(@Nullable JobAccessPolicy policy) {
		return policy == JobAccessPolicy.owners()
				|| (policy instanceof AdministratorsPolicy all && isByOwner(all.others()));
	}

}
