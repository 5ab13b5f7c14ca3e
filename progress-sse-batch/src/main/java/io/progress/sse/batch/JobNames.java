package io.progress.sse.batch;

import java.util.regex.Pattern;

import io.progress.sse.event.JobId;

/**
 * Turns the names of Batch jobs, which may have any characters, into names and ids of
 * jobs.
 */
final class JobNames {

	private static final int LONGEST = 100;

	private static final Pattern FOREIGN_TO_NAMES = Pattern.compile("[^\\p{L}\\p{M}\\p{N} ._:/$#+-]");

	private static final Pattern FOREIGN_TO_IDS = Pattern.compile("[^A-Za-z0-9_-]");

	private JobNames() {
	}

	static String name(String batchName) {
		String name = FOREIGN_TO_NAMES.matcher(batchName).replaceAll("_");
		name = (name.length() > LONGEST) ? name.substring(0, LONGEST) : name;
		return name.isBlank() ? "batch" : name;
	}

	/**
	 * Returns {@code batch-{name}-{execution}}.
	 */
	static JobId id(String batchName, long execution) {
		String end = "-" + execution;
		String name = "batch-" + FOREIGN_TO_IDS.matcher(batchName).replaceAll("_");
		int room = JobId.MAX_LENGTH - end.length();
		return JobId.of(((name.length() > room) ? name.substring(0, room) : name) + end);
	}

}
