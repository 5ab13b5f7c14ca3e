package io.progress.sse.redis;

import java.time.Duration;

import io.progress.sse.support.SettingRule;

/**
 * The settings of a store. Checks them.
 *
 * @param keyPrefix what all keys and channels begin with
 * @param eventsPerJob how many of a job's newest events are kept, at least
 * @param milestonesPerJob how many milestones before them are kept, at most
 * @param lease how long a job lives without a sign of its worker
 * @param grace how long after that it is given up
 * @param runningRetention how long a job is kept after the last sign of its worker
 * @param eventRetention how long events are kept after the end
 * @param resultRetention how long the final event is kept after the end
 */
record StoreSettings(String keyPrefix, int eventsPerJob, int milestonesPerJob, Duration lease, Duration grace,
		Duration runningRetention, Duration eventRetention, Duration resultRetention) {

	/** Time for which the ids of a deleted job's events are not given again. */
	static final Duration DELETION_MEMORY = Duration.ofMinutes(1);

	static final StoreSettings DEFAULTS = new StoreSettings("progress", 256, 1_000, Duration.ofSeconds(30),
			Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofHours(24));

	StoreSettings {
		checkKeyPrefix(keyPrefix);
		SettingRule.isAtLeast("eventsPerJob", eventsPerJob, 1);
		SettingRule.isAtLeast("milestonesPerJob", milestonesPerJob, 1);
		SettingRule.isAtLeast("lease", lease, Duration.ofMillis(100));
		SettingRule.isAtLeast("grace", grace, Duration.ZERO);
		SettingRule.isAtLeast("runningRetention", runningRetention, lease.plus(grace));
		SettingRule.isAtLeast("eventRetention", eventRetention, Duration.ofMillis(1));
		SettingRule.isAtLeast("resultRetention", resultRetention, eventRetention);
	}

	static void checkKeyPrefix(String keyPrefix) {
		if (!keyPrefix.matches("[A-Za-z0-9_.:/-]{1,64}")) {
			throw new IllegalArgumentException(
					"'keyPrefix' must be 1 to 64 characters of [A-Za-z0-9_.:/-], but is '" + keyPrefix + "'");
		}
	}

}
