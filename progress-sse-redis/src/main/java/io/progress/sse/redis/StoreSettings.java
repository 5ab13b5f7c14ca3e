package io.progress.sse.redis;

import java.time.Duration;

import io.progress.sse.support.JobSettings;
import io.progress.sse.support.Range;
import io.progress.sse.support.SettingRule;

/**
 * The settings of a store. Checks them.
 *
 * @param keyPrefix the beginning of all keys and channels
 * @param eventsPerJob how many of a job's newest events are kept, at least
 * @param milestonesPerJob how many older milestones are kept, at most
 * @param lease how long a job counts as alive without a sign of its worker
 * @param grace how long after that it is marked as lost
 * @param runningRetention how long a job is kept after the last sign of its worker
 * @param eventRetention how long events are kept after the end
 * @param resultRetention how long the final event is kept after the end
 * @param jobsPerOwner how many jobs of an owner, or of a parent, are listed
 * @param listedJobs how many jobs of all owners are listed
 */
record StoreSettings(String keyPrefix, int eventsPerJob, int milestonesPerJob, Duration lease, Duration grace,
		Duration runningRetention, Duration eventRetention, Duration resultRetention, int jobsPerOwner,
		int listedJobs) {

	/** How long the ids of a deleted job's events are not given again. */
	static final Duration DELETION_MEMORY = Duration.ofMinutes(1);

	static final String KEY_PREFIX = "progress";

	static final int LEASE_SECONDS = 30;

	static final int GRACE_SECONDS = 30;

	static final int RUNNING_RETENTION_HOURS = 1;

	static final int LISTED_JOBS = 100_000;

	static final Range<Duration> LEASE = Range.times(Duration.ofMillis(100));

	static final Range<Duration> GRACE = Range.times(Duration.ZERO);

	static final Range<Duration> EVENT_RETENTION = new Range<>(Duration.ofMillis(1), SettingRule.LONGEST_KEPT);

	static final StoreSettings DEFAULTS = new StoreSettings(KEY_PREFIX, JobSettings.EVENTS_PER_JOB,
			JobSettings.MILESTONES_PER_JOB, Duration.ofSeconds(LEASE_SECONDS), Duration.ofSeconds(GRACE_SECONDS),
			Duration.ofHours(RUNNING_RETENTION_HOURS), Duration.ofMinutes(JobSettings.EVENT_RETENTION_MINUTES),
			Duration.ofHours(JobSettings.RESULT_RETENTION_HOURS), JobSettings.JOBS_PER_OWNER, LISTED_JOBS);

	StoreSettings {
		checkKeyPrefix("keyPrefix", keyPrefix);
		JobSettings.PER_JOB.check("eventsPerJob", eventsPerJob);
		JobSettings.PER_JOB.check("milestonesPerJob", milestonesPerJob);
		LEASE.check("lease", lease);
		GRACE.check("grace", grace);
		runningRetention(lease, grace).check("runningRetention", runningRetention);
		EVENT_RETENTION.check("eventRetention", eventRetention);
		resultRetention(eventRetention).check("resultRetention", resultRetention);
		JobSettings.ANY_NUMBER.check("jobsPerOwner", jobsPerOwner);
		JobSettings.ANY_NUMBER.check("listedJobs", listedJobs);
	}

	/** How long a list stays after the last change: as long as any of its jobs. */
	Duration listRetention() {
		return (this.runningRetention.compareTo(this.resultRetention) > 0) ? this.runningRetention
				: this.resultRetention;
	}

	static void checkKeyPrefix(String name, String keyPrefix) {
		SettingRule.isTrue(name, keyPrefix.matches("[A-Za-z0-9_.:/-]{1,64}"),
				"must be 1 to 64 characters of [A-Za-z0-9_.:/-]", keyPrefix);
	}

	static Range<Duration> runningRetention(Duration lease, Duration grace) {
		return new Range<>(lease.plus(grace), SettingRule.LONGEST_KEPT);
	}

	static Range<Duration> resultRetention(Duration eventRetention) {
		return new Range<>(eventRetention, SettingRule.LONGEST_KEPT);
	}

}
