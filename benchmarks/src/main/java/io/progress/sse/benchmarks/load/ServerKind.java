package io.progress.sse.benchmarks.load;

import java.util.Locale;

/**
 * The kinds of servers that are compared.
 */
public enum ServerKind {

	/** This library in a Spring Boot application. */
	PROGRESS_SSE("/progress/jobs/%s/events"),

	/** What a team writes that has no library: a sink and a flux per job. */
	HAND_WRITTEN("/jobs/%s/events"),

	/** The same with JSON that is made once per event and not once per viewer. */
	HAND_TUNED("/jobs/%s/events");

	private final String path;

	ServerKind(String path) {
		this.path = path;
	}

	/**
	 * Name of a job.
	 * @param number from 0
	 * @return its id
	 */
	public static String jobId(int number) {
		return String.format(Locale.ROOT, "benchmark-job-%05d", number);
	}

	/**
	 * Where a job's stream is.
	 * @param job number of the job
	 * @return the path
	 */
	String path(int job) {
		return String.format(Locale.ROOT, this.path, jobId(job));
	}

	String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
