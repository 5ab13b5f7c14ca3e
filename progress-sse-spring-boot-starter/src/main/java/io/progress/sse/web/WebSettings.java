package io.progress.sse.web;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import io.progress.sse.event.JobId;
import io.progress.sse.store.JobQuery;
import io.progress.sse.stream.StreamSettings;
import io.progress.sse.stream.StreamTerms;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.support.SettingRule;

/**
 * Properties of the endpoints.
 *
 * @param path Path that all endpoints begin with.
 * @param format Format of the events on the default routes.
 * @param jobIdHeader Header that carries a job's id, in requests and responses.
 * @param onStaleId Answer to a client whose last event id is no longer valid.
 * @param pollInterval Time after which a polling client should poll again.
 * @param order Order of the endpoints among the handler mappings of Spring: router
 * functions have -1, controllers 0, static resources come last. By default the endpoints
 * come before all others in Spring MVC, and are one of the router functions in WebFlux.
 * @param cancel Requests to stop a job.
 * @param cors Pages of other origins that may see jobs.
 * @param list Lists of jobs.
 * @param routes Additional streams in URLs that the application chooses, by name.
 */
@ConfigurationProperties("progress.sse")
public record WebSettings(@DefaultValue("/progress") String path,
		@DefaultValue(ProgressEventFormats.STANDARD) String format, @DefaultValue("X-Job-Id") String jobIdHeader,
		@DefaultValue("reset") OnStaleId onStaleId, @DefaultValue("2s") Duration pollInterval, @Nullable Integer order,
		@DefaultValue Cancel cancel, @DefaultValue Cors cors, @DefaultValue Lists list,
		@DefaultValue Map<String, Route> routes) {

	/** The placeholder of a job's id in a path. */
	public static final String JOB = "{jobId}";

	private static final String ROUTES = "progress.sse.routes.";

	/**
	 * Checks paths, header and interval.
	 * @throws IllegalArgumentException if one cannot be served, or two endpoints have the
	 * same path
	 */
	public WebSettings {
		PathRule.isPlain("progress.sse.path", path);
		HeaderRule.isFree("progress.sse.job-id-header", jobIdHeader);
		// The header knows whole seconds only.
		SettingRule.isBetween("progress.sse.poll-interval", pollInterval, Duration.ofSeconds(1));
		routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
		routes.forEach((name, route) -> route.check(ROUTES + name));
		checkPaths(path, routes);
	}

	private static void checkPaths(String path, Map<String, Route> routes) {
		PathRule paths = new PathRule();
		endpoints(path).forEach((endpoint) -> paths.isOwn("progress.sse.path", endpoint));
		new TreeMap<>(routes).forEach((name, route) -> route.checkOwn(ROUTES + name, paths));
	}

	/**
	 * Refuses unknown formats.
	 * @param names the names of the known formats
	 * @throws IllegalArgumentException if another format is set
	 */
	public void checkFormats(Set<String> names) {
		checkFormat("progress.sse.format", this.format, names);
		this.routes.forEach((name, route) -> checkFormat(ROUTES + name + ".format", route.format(), names));
	}

	private static void checkFormat(String key, String format, Set<String> names) {
		SettingRule.isTrue(key, names.contains(format), "must be one of " + names, format);
	}

	/**
	 * Whether the endpoints are matched before a handler mapping of the application.
	 */
	boolean comeBefore(int mapping) {
		return this.order == null || this.order < mapping;
	}

	/**
	 * Whether a client may choose this job id.
	 * @param jobId the chosen id
	 * @return {@code true} if so
	 */
	public static boolean isChoosable(String jobId) {
		return jobId.length() >= JobId.MIN_CLIENT_LENGTH && JobId.isValid(jobId);
	}

	/**
	 * Returns the path of a job's status.
	 * @param jobId the job
	 * @return the path within the application
	 */
	public String jobPath(String jobId) {
		return this.path + "/jobs/" + jobId;
	}

	/**
	 * Returns the path of a job's stream.
	 * @param jobId the job
	 * @return the path within the application
	 */
	public String streamPath(String jobId) {
		return jobPath(jobId) + "/events";
	}

	/**
	 * Returns the path at which tickets for a job's stream are issued.
	 */
	String ticketsPath(String jobId) {
		return jobPath(jobId) + "/tickets";
	}

	/**
	 * Where clients ask for a job's work to be done again.
	 */
	String retryPath(String jobId) {
		return jobPath(jobId) + "/retry";
	}

	/**
	 * Where the list of jobs is.
	 */
	String listPath() {
		return this.path + "/jobs";
	}

	/**
	 * Returns the path of the stream of many jobs.
	 */
	String manyPath() {
		return this.path + "/events";
	}

	/**
	 * Returns the path of a file of the JavaScript client.
	 */
	String scriptPath(String file) {
		return this.path + "/" + file;
	}

	/**
	 * Returns the pattern of the files of the JavaScript client.
	 */
	List<PathPattern> scriptPatterns() {
		return Scripts.FILES.stream().map(this::scriptPath).map(PathPatternParser.defaultInstance::parse).toList();
	}

	/**
	 * Returns the paths of the endpoints without additional streams.
	 * @param path their common beginning
	 * @return patterns
	 */
	public static List<String> endpoints(String path) {
		return Stream
			.concat(Stream.of("jobs/" + JOB + "/events", "jobs/" + JOB, "jobs/" + JOB + "/tickets",
					"jobs/" + JOB + "/retry", "jobs", "events"), Scripts.FILES.stream())
			.map((each) -> path + "/" + each)
			.toList();
	}

	/**
	 * Returns the patterns of the paths of all endpoints.
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

	/** The answer to a client whose last event id is no longer valid. */
	public enum OnStaleId {

		/** Answer with status 410. */
		GONE,

		/** Send an event {@code reset}, then all stored events, then new ones. */
		RESET

	}

	/**
	 * Requests to stop a job.
	 *
	 * @param enabled Whether clients may ask jobs to stop.
	 */
	public record Cancel(@DefaultValue("false") boolean enabled) {

	}

	/**
	 * Pages of other origins that may see jobs.
	 *
	 * @param allowedOrigins Comma-separated list of the origins of the pages, such as
	 * "https://example.com", or "*" for all.
	 * @param allowCredentials Whether their requests may carry cookies.
	 * @param maxAge Time for which browsers cache the answer.
	 */
	public record Cors(@DefaultValue List<String> allowedOrigins, @DefaultValue("false") boolean allowCredentials,
			@DefaultValue("30m") Duration maxAge) {

		/** Browsers omit the default port of the scheme. */
		private static final Pattern ORIGIN = Pattern
			.compile(
					"(?!https://[^/]*:443/?$|http://[^/]*:80/?$)[a-z][a-z0-9+.-]*://"
							+ "([a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+])(:[0-9]{1,5})?/?",
					Pattern.CASE_INSENSITIVE);

		/**
		 * Checks the origins.
		 * @throws IllegalArgumentException if one is none that a browser sends, or all
		 * are allowed with cookies
		 */
		public Cors {
			allowedOrigins = List.copyOf(allowedOrigins);
			SettingRule.isTrue("progress.sse.cors.allowed-origins", !allowCredentials || !allowedOrigins.contains("*"),
					"must list origins when 'progress.sse.cors.allow-credentials' is set", allowedOrigins);
			allowedOrigins.forEach((origin) -> SettingRule.isTrue("progress.sse.cors.allowed-origins",
					origin.equals("*") || ORIGIN.matcher(origin).matches(),
					"must be origins as browsers send them, such as https://app.example.com or http://localhost:3000,"
							+ " without wildcards, or *",
					origin));
			SettingRule.isBetween("progress.sse.cors.max-age", maxAge, Duration.ZERO);
		}

	}

	/**
	 * Lists of jobs.
	 *
	 * @param limit Number of jobs on a page if the client does not choose one.
	 * @param maxLimit Largest number of jobs on a page that a client may choose.
	 * @param adminRole Role of Spring Security, without prefix, whose members may list,
	 * watch and cancel the jobs of all owners; empty for none. Has no effect if the
	 * application has a JobAccessPolicy of its own.
	 */
	public record Lists(@DefaultValue("50") int limit, @DefaultValue("200") int maxLimit,
			@DefaultValue("ADMIN") String adminRole) {

		private static final String PREFIX = "ROLE_";

		/**
		 * Checks numbers and role.
		 * @throws IllegalArgumentException if a number is out of its range, or the role
		 * has the usual prefix
		 */
		public Lists {
			SettingRule.isBetween("progress.sse.list.max-limit", maxLimit, 1, JobQuery.MAX_LIMIT);
			SettingRule.isBetween("progress.sse.list.limit", limit, 1, maxLimit);
			SettingRule.isTrue("progress.sse.list.admin-role", !adminRole.startsWith(PREFIX),
					"must be a role without the prefix " + PREFIX, adminRole);
		}

	}

	/**
	 * Additional streams in URLs that the application chooses.
	 *
	 * @param path Path of a job's stream, with "{jobId}" in it.
	 * @param statusPath Path of the job's state for polling clients, with "{jobId}" in
	 * it.
	 * @param manyPath Path of the stream of many jobs, each named by a query parameter
	 * "job".
	 * @param format Format of the events.
	 * @param retry Time after which a client that lost its stream reconnects. By default
	 * "progress.sse.retry".
	 * @param maxDuration Longest time that a stream lasts. By default
	 * "progress.sse.max-duration".
	 * @param onStaleId Answer to a client whose last event id is no longer valid. By
	 * default "progress.sse.on-stale-id".
	 */
	public record Route(String path, @Nullable String statusPath, @Nullable String manyPath,
			@DefaultValue(ProgressEventFormats.STANDARD) String format, @Nullable Duration retry,
			@Nullable Duration maxDuration, @Nullable OnStaleId onStaleId) {

		private void check(String key) {
			PathRule.hasJob(key + ".path", this.path);
			if (this.statusPath != null) {
				PathRule.hasJob(key + ".status-path", this.statusPath);
			}
			if (this.manyPath != null) {
				SettingRule.isTrue(key + ".many-path", !this.manyPath.contains("{"),
						"must start with a slash and contain no variable", this.manyPath);
				PathRule.isPlain(key + ".many-path", this.manyPath);
			}
			if (this.retry != null) {
				StreamSettings.checkRetry(key + ".retry", this.retry);
			}
			if (this.maxDuration != null) {
				StreamSettings.checkMaxDuration(key + ".max-duration", this.maxDuration);
			}
		}

		private void checkOwn(String key, PathRule paths) {
			paths.isOwn(key + ".path", this.path);
			if (this.statusPath != null) {
				paths.isOwn(key + ".status-path", this.statusPath);
			}
			if (this.manyPath != null) {
				paths.isOwn(key + ".many-path", this.manyPath);
			}
		}

		/**
		 * What the streams are like.
		 */
		StreamTerms terms() {
			return new StreamTerms(this.format, this.retry, this.maxDuration,
					(this.onStaleId != null) ? this.onStaleId == OnStaleId.RESET : null, false);
		}

	}

}
