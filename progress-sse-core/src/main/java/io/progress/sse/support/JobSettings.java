package io.progress.sse.support;

import java.time.Duration;

/**
 * The default and the range of each setting of jobs, for builders and for configuration
 * properties. Defaults are constants that can stand in annotations, each with its unit in
 * its name.
 */
public final class JobSettings {

	public static final int PUBLISH_INTERVAL_MILLIS = 250;

	public static final int UNWATCHED_INTERVAL_SECONDS = 1;

	public static final Range<Duration> PUBLISH_INTERVAL = Range.times(Duration.ofMillis(50));

	public static final int ADMISSION_TIMEOUT_SECONDS = 2;

	public static final int FLUSH_TIMEOUT_SECONDS = 5;

	public static final int STOP_TIMEOUT_SECONDS = 2;

	public static final Range<Duration> TIMEOUT = Range.times(Duration.ZERO);

	public static final int OUTBOX_CAPACITY_EVENTS = 64;

	public static final Range<Integer> OUTBOX_CAPACITY = new Range<>(8, SettingRule.MOST_PER_JOB);

	public static final int OUTBOX_TOTAL_EVENTS = 65_536;

	public static final int JOB_THREADS = 64;

	public static final int CANCEL_THREADS = 16;

	public static final int QUEUED_JOBS = 10_000;

	public static final Range<Integer> THREADS = new Range<>(1, 1_000_000);

	public static final Range<Integer> QUEUE = new Range<>(0, 1_000_000);

	public static final int EVENTS_PER_JOB = 256;

	public static final int MILESTONES_PER_JOB = 1_000;

	public static final Range<Integer> PER_JOB = new Range<>(1, SettingRule.MOST_PER_JOB);

	public static final int KEPT_JOBS = 10_000;

	public static final int JOBS_PER_OWNER = 10_000;

	/** For numbers of things, of which two can be added. */
	public static final Range<Integer> ANY_NUMBER = new Range<>(1, SettingRule.MOST);

	public static final int EVENT_RETENTION_MINUTES = 10;

	public static final int RESULT_RETENTION_HOURS = 24;

	public static final Range<Duration> RETENTION = new Range<>(Duration.ZERO, SettingRule.LONGEST_KEPT);

	public static final int NODE_LENGTH = 100;

	private JobSettings() {
	}

	/**
	 * Checks the name of a process.
	 * @param name the name by which the user knows the setting
	 * @return the value
	 * @throws IllegalArgumentException if it is empty, too long or not printable
	 */
	public static String checkNode(String name, String value) {
		SettingRule.isTrue(name, value.matches("[^\\p{C}\\p{Zl}\\p{Zp}]{1," + NODE_LENGTH + "}") && !value.isBlank(),
				"must be 1 to " + NODE_LENGTH + " printable characters", Texts.logged(value));
		return value;
	}

}
