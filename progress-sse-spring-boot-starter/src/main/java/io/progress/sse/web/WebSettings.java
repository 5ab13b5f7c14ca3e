package io.progress.sse.web;

/**
 * Settings of the endpoints.
 *
 * @param path what all paths begin with, without a slash at the end
 * @param format name of the format of the default routes
 * @param resetWhenStale whether a stream goes on from the newest event when the client's
 * cursor is not good any more, also if the client did not ask for that
 * @param jobIdHeader the header that carries a job's id, in both directions
 */
public record WebSettings(String path, String format, boolean resetWhenStale, String jobIdHeader) {

	/** All defaults. */
	public static final WebSettings DEFAULTS = new WebSettings("/progress", "standard", false, "X-Job-Id");

	/**
	 * Checks the path.
	 * @throws IllegalArgumentException if the path does not start with a slash or ends
	 * with one
	 */
	public WebSettings {
		if (!path.startsWith("/") || path.endsWith("/")) {
			throw new IllegalArgumentException(
					"'path' must start with a slash and not end with one, but is '" + path + "'");
		}
	}

	String jobPath(String jobId) {
		return this.path + "/jobs/" + jobId;
	}

	String streamPath(String jobId) {
		return jobPath(jobId) + "/events";
	}

}
