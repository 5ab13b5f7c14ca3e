package io.progress.sse.web;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import io.progress.sse.event.JobId;
import io.progress.sse.stream.StreamTerms;

/**
 * Settings of the endpoints.
 *
 * @param path what all paths begin with, without a slash at the end
 * @param format name of the format of the default routes
 * @param resetWhenStale whether a client whose cursor is not good any more begins anew,
 * unless it or its route says otherwise; otherwise it is refused
 * @param jobIdHeader the header that carries a job's id, in both directions
 * @param cancellable whether clients may ask jobs to stop
 * @param pollInterval when a client that polls is asked to come again; at least 1 s, as
 * the header knows whole seconds only
 * @param cors which pages of other origins may see jobs
 * @param routes further streams by name
 */
public record WebSettings(String path, String format, boolean resetWhenStale, String jobIdHeader, boolean cancellable,
		Duration pollInterval, Cors cors, Map<String, Route> routes) {

	/** All defaults. */
	public static final WebSettings DEFAULTS = new WebSettings("/progress", "standard", true, "X-Job-Id", false,
			Duration.ofSeconds(2), Cors.NONE, Map.of());

	/** Stands for a job's id in a path. */
	public static final String JOB = "{jobId}";

	/**
	 * Checks path and interval.
	 * @throws IllegalArgumentException if the path does not start with a slash or ends
	 * with one, or the interval is too short
	 */
	public WebSettings {
		if (pollInterval.compareTo(Duration.ofSeconds(1)) < 0) {
			throw new IllegalArgumentException("'pollInterval' must be at least 1s, but is " + pollInterval);
		}
		if (!path.startsWith("/") || path.endsWith("/")) {
			throw new IllegalArgumentException(
					"'path' must start with a slash and not end with one, but is '" + path + "'");
		}
		routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
	}

	/**
	 * Whether a client may choose a job id for itself.
	 * @param jobId what it chose
	 * @return {@code true} if so
	 */
	public static boolean isChoosable(String jobId) {
		return jobId.length() >= JobId.MIN_CLIENT_LENGTH && JobId.isValid(jobId);
	}

	/**
	 * Where a job's status is.
	 * @param jobId the job
	 * @return the path within the application
	 */
	public String jobPath(String jobId) {
		return this.path + "/jobs/" + jobId;
	}

	/**
	 * Where a job's stream is.
	 * @param jobId the job
	 * @return the path within the application
	 */
	public String streamPath(String jobId) {
		return jobPath(jobId) + "/events";
	}

	/**
	 * Where tickets for a job's stream are given out.
	 */
	String ticketsPath(String jobId) {
		return jobPath(jobId) + "/tickets";
	}

	/**
	 * Where the stream of many jobs is.
	 */
	String manyPath() {
		return this.path + "/events";
	}

	/**
	 * Where a file of the JavaScript client is.
	 */
	String scriptPath(String file) {
		return this.path + "/" + file;
	}

	/**
	 * Where the files of the JavaScript client are.
	 */
	List<PathPattern> scriptPatterns() {
		return Scripts.FILES.stream().map(this::scriptPath).map(PathPatternParser.defaultInstance::parse).toList();
	}

	/**
	 * The paths of the endpoints that are there without further streams.
	 * @param path what they begin with
	 * @return patterns
	 */
	public static List<String> endpoints(String path) {
		return Stream
			.concat(Stream.of("jobs/" + JOB + "/events", "jobs/" + JOB, "jobs/" + JOB + "/tickets", "events"),
					Scripts.FILES.stream())
			.map((each) -> path + "/" + each)
			.toList();
	}

	/**
	 * What the paths of all endpoints look like; no other path is ours.
	 * @return a pattern for each, the most specific first
	 */
	public List<PathPattern> patterns() {
		Stream<String> further = this.routes.values()
			.stream()
			.flatMap((route) -> Stream.of(route.path(), route.statusPath(), route.manyPath()))
			.filter(Objects::nonNull);
		return Stream.concat(endpoints(this.path).stream(), further)
			.map(PathPatternParser.defaultInstance::parse)
			.sorted()
			.toList();
	}

	/**
	 * Which pages of other origins may see jobs.
	 *
	 * @param allowedOrigins their origins, such as {@code https://example.com}, or
	 * {@code *} for all
	 * @param allowCredentials whether their requests may carry cookies
	 * @param maxAge how long browsers remember the answer
	 */
	public record Cors(List<String> allowedOrigins, boolean allowCredentials, Duration maxAge) {

		/** No page of another origin. */
		public static final Cors NONE = new Cors(List.of(), false, Duration.ofMinutes(30));

		/**
		 * Checks that not all the world comes with credentials.
		 * @throws IllegalArgumentException if it does
		 */
		public Cors {
			allowedOrigins = List.copyOf(allowedOrigins);
			if (allowCredentials && allowedOrigins.contains("*")) {
				throw new IllegalArgumentException(
						"'allowedOrigins' must list origins when credentials are allowed, but contains '*'");
			}
		}

	}

	/**
	 * Streams in URLs of the application's own shape.
	 *
	 * @param path where a job's stream is, with {@code {jobId}} in it
	 * @param statusPath where the same is for clients that poll, with {@code {jobId}} in
	 * it; {@code null} for nowhere
	 * @param manyPath where the stream of many jobs is; {@code null} for nowhere
	 * @param terms what the streams are like
	 */
	public record Route(String path, @Nullable String statusPath, @Nullable String manyPath, StreamTerms terms) {

		/**
		 * Checks the paths.
		 * @throws IllegalArgumentException if a path does not start with a slash, has no
		 * place for the job's id, or has one where many jobs are
		 */
		public Route {
			requireId("path", path);
			if (statusPath != null) {
				requireId("statusPath", statusPath);
			}
			if (manyPath != null && (!manyPath.startsWith("/") || manyPath.contains("{"))) {
				throw new IllegalArgumentException(
						"'manyPath' must start with a slash and contain no variable, but is '" + manyPath + "'");
			}
		}

		private static void requireId(String name, String path) {
			if (!path.startsWith("/") || !path.contains("{jobId}")) {
				throw new IllegalArgumentException(
						"'" + name + "' must start with a slash and contain {jobId}, but is '" + path + "'");
			}
		}

	}

}
