package io.progress.sse.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.progress.sse.stream.StreamSettings;
import io.progress.sse.stream.StreamTerms;
import io.progress.sse.support.SettingRule;
import io.progress.sse.web.HeaderRule;
import io.progress.sse.web.WebSettings;

/**
 * Properties of streams and endpoints: how jobs are watched.
 *
 * @param path Path that all endpoints begin with.
 * @param format Format of the events on the default routes.
 * @param jobIdHeader Header that carries a job's id, in requests and responses.
 * @param onStaleId Answer to a client whose last event id is no longer valid.
 * @param retry Time after which a client that lost its stream reconnects.
 * @param heartbeat Time without events after which a heartbeat is sent. Clients with a
 * shorter read time-out would treat the stream as dead.
 * @param maxDuration Longest time that a stream lasts. After that its client reconnects.
 * @param pollInterval Time after which a polling client should poll again.
 * @param stallTimeout Time after which a client that does not read its stream is
 * disconnected.
 * @param linger Time that a job is followed after its last viewer has left.
 * @param awaitUnknown Time that a stream waits for a job that does not exist yet; zero
 * refuses such a stream at once.
 * @param limits Limits of the number of streams.
 * @param window Events that are kept in memory for the viewers of one job.
 * @param goodbye When clients reconnect after a node has shut down.
 * @param cancel Requests to stop a job.
 * @param cors Pages of other origins that may see jobs.
 * @param routes Additional streams in URLs that the application chooses, by name.
 */
@ConfigurationProperties("progress.sse")
record ProgressStreamProperties(@DefaultValue("/progress") String path, @DefaultValue("standard") String format,
		@DefaultValue("X-Job-Id") String jobIdHeader, @DefaultValue("reset") OnStaleId onStaleId,
		@DefaultValue("3s") Duration retry, @DefaultValue("4s") Duration heartbeat,
		@DefaultValue("10m") Duration maxDuration, @DefaultValue("2s") Duration pollInterval,
		@DefaultValue("30s") Duration stallTimeout, @DefaultValue("10s") Duration linger,
		@DefaultValue("30s") Duration awaitUnknown, @DefaultValue LimitProperties limits,
		@DefaultValue WindowProperties window, @DefaultValue GoodbyeProperties goodbye,
		@DefaultValue CancelProperties cancel, @DefaultValue CorsProperties cors,
		@DefaultValue Map<String, RouteProperties> routes) {

	private static final String ROUTES = "progress.sse.routes.";

	ProgressStreamProperties {
		PathRule.isPlain("progress.sse.path", path);
		HeaderRule.isFree("progress.sse.job-id-header", jobIdHeader);
		SettingRule.isBetween("progress.sse.retry", retry, StreamSettings.Pace.MIN_RETRY);
		SettingRule.isBetween("progress.sse.heartbeat", heartbeat, Duration.ofMillis(10));
		SettingRule.isBetween("progress.sse.max-duration", maxDuration, Duration.ofMillis(10));
		SettingRule.isBetween("progress.sse.poll-interval", pollInterval, Duration.ofSeconds(1));
		SettingRule.isBetween("progress.sse.stall-timeout", stallTimeout, Duration.ofMillis(10));
		SettingRule.isBetween("progress.sse.linger", linger, Duration.ZERO);
		SettingRule.isBetween("progress.sse.await-unknown", awaitUnknown, Duration.ZERO);
		routes.forEach((name, route) -> route.check(ROUTES + name));
		checkPaths(path, routes);
	}

	private static void checkPaths(String path, Map<String, RouteProperties> routes) {
		PathRule paths = new PathRule();
		WebSettings.endpoints(path).forEach((endpoint) -> paths.isOwn("progress.sse.path", endpoint));
		new TreeMap<>(routes).forEach((name, route) -> route.checkOwn(ROUTES + name, paths));
	}

	/**
	 * Refuses unknown formats.
	 */
	void checkFormats(Set<String> names) {
		checkFormat("progress.sse.format", this.format, names);
		this.routes.forEach((name, route) -> checkFormat(ROUTES + name + ".format", route.format(), names));
	}

	private static void checkFormat(String key, String format, Set<String> names) {
		SettingRule.isTrue(key, names.contains(format), "must be one of " + names, format);
	}

	StreamSettings toStreamSettings(DefaultMaxStreams defaultMaxStreams) {
		int streams = (this.limits.streams() != null) ? this.limits.streams() : defaultMaxStreams.streams();
		return new StreamSettings(
				new StreamSettings.Pace(this.retry, this.heartbeat, this.maxDuration, this.stallTimeout, this.linger),
				new StreamSettings.Window(this.window.events(), (int) this.window.size().toBytes(), this.window.lag(),
						(int) this.window.sendBuffer().toBytes()),
				new StreamSettings.Limits(streams, this.limits.perPrincipal(), this.limits.perJob()),
				new StreamSettings.Waiting(this.awaitUnknown, this.limits.awaitedJobs(),
						this.limits.awaitedPerClient()),
				new StreamSettings.Goodbye(this.goodbye.minRetry(), this.goodbye.maxRetry()));
	}

	WebSettings toWebSettings() {
		return new WebSettings(this.path, this.format, this.onStaleId == OnStaleId.RESET, this.jobIdHeader,
				this.cancel.enabled(), this.pollInterval,
				new WebSettings.Cors(this.cors.allowedOrigins(), this.cors.allowCredentials(), this.cors.maxAge()),
				this.routes.entrySet()
					.stream()
					.collect(Collectors.toMap(Map.Entry::getKey, (each) -> each.getValue().toRoute())));
	}

	/** The answer to a client whose last event id is no longer valid. */
	enum OnStaleId {

		/** Answer with status 410. */
		GONE,

		/** Send an event {@code reset}, then all stored events, then new ones. */
		RESET

	}

	/**
	 * Limits of the number of streams on this node.
	 *
	 * @param streams Limit of all streams. By default 10000 on Netty, 2000 on Jetty and
	 * 1000 on Tomcat.
	 * @param perPrincipal Limit of the streams of one principal.
	 * @param perJob Limit of the streams of one job.
	 * @param awaitedJobs Limit of the streams that wait for jobs that do not exist yet;
	 * zero for none. When it is reached, the client that has most of them must reconnect
	 * one later.
	 * @param awaitedPerClient Limit of the waiting streams of one principal, or of one
	 * address if there is no principal.
	 */
	record LimitProperties(@Nullable Integer streams, @DefaultValue("20") int perPrincipal,
			@DefaultValue("1000") int perJob, @DefaultValue("1000") int awaitedJobs,
			@DefaultValue("100") int awaitedPerClient) {

		LimitProperties {
			if (streams != null) {
				SettingRule.atLeast("progress.sse.limits.streams", streams, 1);
			}
			SettingRule.atLeast("progress.sse.limits.per-principal", perPrincipal, 1);
			SettingRule.atLeast("progress.sse.limits.per-job", perJob, 1);
			SettingRule.atLeast("progress.sse.limits.awaited-jobs", awaitedJobs, 0);
			SettingRule.atLeast("progress.sse.limits.awaited-per-client", awaitedPerClient, 1);
		}

	}

	/**
	 * Events that are kept in memory, shared by all viewers of one job.
	 *
	 * @param events Number of newest events.
	 * @param size Limit of the total size of their frames.
	 * @param lag Number of events that a slow viewer may be behind. Beyond it the viewer
	 * gets milestones and the newest event only.
	 * @param sendBuffer Size of the operating system's send buffer of one connection, on
	 * Netty; zero for the system's default.
	 */
	record WindowProperties(@DefaultValue("256") int events, @DefaultValue("1MB") DataSize size,
			@DefaultValue("64") int lag, @DefaultValue("64KB") DataSize sendBuffer) {

		private static final DataSize LARGEST = DataSize.ofGigabytes(1);

		WindowProperties {
			SettingRule.isBetween("progress.sse.window.events", events, 1, SettingRule.MOST_PER_JOB);
			SettingRule.isBetween("progress.sse.window.size", size, DataSize.ofKilobytes(1), LARGEST);
			SettingRule.atLeast("progress.sse.window.lag", lag, 1);
			SettingRule.isBetween("progress.sse.window.send-buffer", sendBuffer, DataSize.ofBytes(0), LARGEST);
		}

	}

	/**
	 * When clients reconnect after a node has shut down. Each client gets a random time
	 * between the two, so that they do not all reconnect at once.
	 *
	 * @param minRetry Shortest time. It should be longer than a restart takes, because a
	 * plain EventSource gives up for good when a proxy answers with an error.
	 * @param maxRetry Longest time.
	 */
	record GoodbyeProperties(@DefaultValue("5s") Duration minRetry, @DefaultValue("15s") Duration maxRetry) {

		GoodbyeProperties {
			SettingRule.isBetween("progress.sse.goodbye.min-retry", minRetry, StreamSettings.Pace.MIN_RETRY);
			SettingRule.isBetween("progress.sse.goodbye.max-retry", maxRetry, minRetry.plusMillis(1));
		}

	}

	/**
	 * Requests to stop a job.
	 *
	 * @param enabled Whether clients may ask jobs to stop.
	 */
	record CancelProperties(@DefaultValue("false") boolean enabled) {

	}

	/**
	 * Pages of other origins that may see jobs.
	 *
	 * @param allowedOrigins Origins of the pages, such as "https://example.com", or "*"
	 * for all.
	 * @param allowCredentials Whether their requests may carry cookies.
	 * @param maxAge Time for which browsers cache the answer.
	 */
	record CorsProperties(@DefaultValue List<String> allowedOrigins, @DefaultValue("false") boolean allowCredentials,
			@DefaultValue("30m") Duration maxAge) {

		/** Browsers omit the default port of the scheme. */
		private static final Pattern ORIGIN = Pattern
			.compile(
					"(?!https://[^/]*:443/?$|http://[^/]*:80/?$)[a-z][a-z0-9+.-]*://"
							+ "([a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+])(:[0-9]{1,5})?/?",
					Pattern.CASE_INSENSITIVE);

		CorsProperties {
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
	record RouteProperties(String path, @Nullable String statusPath, @Nullable String manyPath,
			@DefaultValue("standard") String format, @Nullable Duration retry, @Nullable Duration maxDuration,
			@Nullable OnStaleId onStaleId) {

		void check(String key) {
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
				SettingRule.isBetween(key + ".retry", this.retry, StreamSettings.Pace.MIN_RETRY);
			}
			if (this.maxDuration != null) {
				SettingRule.isBetween(key + ".max-duration", this.maxDuration, Duration.ofMillis(10));
			}
		}

		void checkOwn(String key, PathRule paths) {
			paths.isOwn(key + ".path", this.path);
			if (this.statusPath != null) {
				paths.isOwn(key + ".status-path", this.statusPath);
			}
			if (this.manyPath != null) {
				paths.isOwn(key + ".many-path", this.manyPath);
			}
		}

		WebSettings.Route toRoute() {
			return new WebSettings.Route(this.path, this.statusPath, this.manyPath, new StreamTerms(this.format,
					this.retry, this.maxDuration, (this.onStaleId != null) ? this.onStaleId == OnStaleId.RESET : null));
		}

	}

}
