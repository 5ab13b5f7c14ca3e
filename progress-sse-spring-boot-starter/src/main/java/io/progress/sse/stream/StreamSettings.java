package io.progress.sse.stream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.progress.sse.support.SettingRule;

/**
 * Properties of streams: how jobs are watched.
 *
 * @param retry Time after which a client that lost its stream reconnects.
 * @param heartbeat Time without events after which a heartbeat is sent. Clients with a
 * shorter read time-out would treat the stream as dead.
 * @param maxDuration Longest time that a stream lasts. After that its client reconnects.
 * @param stallTimeout Time after which a client that does not read its stream is
 * disconnected.
 * @param linger Time that a job is followed after its last viewer has left.
 * @param awaitUnknown Time that a stream waits for a job that does not exist yet; zero
 * refuses such a stream at once.
 * @param limits Limits of the number of streams.
 * @param window Events that are kept in memory for the viewers of one job.
 * @param goodbye When clients reconnect after a node has shut down.
 */
@ConfigurationProperties("progress.sse")
public record StreamSettings(@DefaultValue("3s") Duration retry, @DefaultValue("4s") Duration heartbeat,
		@DefaultValue("10m") Duration maxDuration, @DefaultValue("30s") Duration stallTimeout,
		@DefaultValue("10s") Duration linger, @DefaultValue("30s") Duration awaitUnknown, @DefaultValue Limits limits,
		@DefaultValue Window window, @DefaultValue Goodbye goodbye) {

	/** Shorter times let a broken client ask without pause. */
	private static final Duration MIN_RETRY = Duration.ofSeconds(1);

	private static final Duration MIN_TIME = Duration.ofMillis(10);

	/**
	 * Checks the times.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public StreamSettings {
		checkRetry("progress.sse.retry", retry);
		checkMaxDuration("progress.sse.max-duration", maxDuration);
		SettingRule.isBetween("progress.sse.heartbeat", heartbeat, MIN_TIME);
		SettingRule.isBetween("progress.sse.stall-timeout", stallTimeout, MIN_TIME);
		SettingRule.isBetween("progress.sse.linger", linger, Duration.ZERO);
		SettingRule.isBetween("progress.sse.await-unknown", awaitUnknown, Duration.ZERO);
	}

	/**
	 * Checks the time after which clients come back.
	 * @param key the key of the time
	 * @param retry the time
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public static void checkRetry(String key, Duration retry) {
		SettingRule.isBetween(key, retry, MIN_RETRY);
	}

	/**
	 * Checks how long a stream lasts at most.
	 * @param key the key of the time
	 * @param maxDuration the time
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public static void checkMaxDuration(String key, Duration maxDuration) {
		SettingRule.isBetween(key, maxDuration, MIN_TIME);
	}

	/**
	 * These settings with a limit of streams where none is set.
	 * @param streams how many streams this server can bear
	 * @return the settings
	 */
	public StreamSettings withDefaultLimit(int streams) {
		return (this.limits.streams != null) ? this
				: new StreamSettings(this.retry, this.heartbeat, this.maxDuration, this.stallTimeout, this.linger,
						this.awaitUnknown, this.limits.with(streams), this.window, this.goodbye);
	}

	/**
	 * These settings with times of one stream's own.
	 * @param ownRetry the time after which its client comes back; {@code null} for the
	 * usual one
	 * @param ownMaxDuration the time that it lasts at most; {@code null} for the usual
	 * one
	 * @return the settings
	 */
	public StreamSettings with(@Nullable Duration ownRetry, @Nullable Duration ownMaxDuration) {
		return (ownRetry == null && ownMaxDuration == null) ? this
				: new StreamSettings((ownRetry != null) ? ownRetry : this.retry, this.heartbeat,
						(ownMaxDuration != null) ? ownMaxDuration : this.maxDuration, this.stallTimeout, this.linger,
						this.awaitUnknown, this.limits, this.window, this.goodbye);
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
	 * later.
	 * @param awaitedPerClient Limit of the waiting streams of one principal, or of one
	 * address if there is no principal.
	 * @param jobsPerStream Limit of the jobs that a stream of all jobs of an owner
	 * follows at a time. It follows the newest.
	 */
	public record Limits(@Nullable Integer streams, @DefaultValue("20") int perPrincipal,
			@DefaultValue("1000") int perJob, @DefaultValue("1000") int awaitedJobs,
			@DefaultValue("100") int awaitedPerClient, @DefaultValue("100") int jobsPerStream) {

		private static final int ON_NETTY = 10_000;

		/**
		 * Checks the numbers.
		 * @throws IllegalArgumentException if one is out of its range
		 */
		public Limits {
			if (streams != null) {
				SettingRule.atLeast("progress.sse.limits.streams", streams, 1);
			}
			SettingRule.atLeast("progress.sse.limits.per-principal", perPrincipal, 1);
			SettingRule.atLeast("progress.sse.limits.per-job", perJob, 1);
			SettingRule.atLeast("progress.sse.limits.awaited-jobs", awaitedJobs, 0);
			SettingRule.atLeast("progress.sse.limits.awaited-per-client", awaitedPerClient, 1);
			SettingRule.isBetween("progress.sse.limits.jobs-per-stream", jobsPerStream, 1, OwnedCursor.MAX_JOBS);
		}

		/**
		 * How many streams there may be in all.
		 * @return the limit that is set, or what Netty can bear
		 */
		public int total() {
			return (this.streams != null) ? this.streams : ON_NETTY;
		}

		private Limits with(int total) {
			return new Limits(total, this.perPrincipal, this.perJob, this.awaitedJobs, this.awaitedPerClient,
					this.jobsPerStream);
		}

	}

	/**
	 * Events that are kept in memory, shared by all viewers of one job.
	 *
	 * @param events Number of newest events that are kept.
	 * @param size Limit of the total size of the frames of these events.
	 * @param lag Number of events that a slow viewer may be behind. Beyond it the viewer
	 * gets milestones and the newest event only.
	 * @param sendBuffer Size of the operating system's send buffer of one connection, on
	 * Netty; zero for the system's default.
	 */
	public record Window(@DefaultValue("256") int events, @DefaultValue("1MB") DataSize size,
			@DefaultValue("64") int lag, @DefaultValue("64KB") DataSize sendBuffer) {

		private static final DataSize LARGEST = DataSize.ofGigabytes(1);

		/**
		 * Checks the numbers.
		 * @throws IllegalArgumentException if one is out of its range
		 */
		public Window {
			SettingRule.isBetween("progress.sse.window.events", events, 1, SettingRule.MOST_PER_JOB);
			SettingRule.isBetween("progress.sse.window.size", size, DataSize.ofKilobytes(1), LARGEST);
			SettingRule.atLeast("progress.sse.window.lag", lag, 1);
			SettingRule.isBetween("progress.sse.window.send-buffer", sendBuffer, DataSize.ofBytes(0), LARGEST);
		}

		/**
		 * The size of the frames in bytes.
		 * @return at most 1 GB
		 */
		public int bytes() {
			return (int) this.size.toBytes();
		}

		/**
		 * The send buffer in bytes.
		 * @return at most 1 GB
		 */
		public int sendBufferBytes() {
			return (int) this.sendBuffer.toBytes();
		}

	}

	/**
	 * When clients reconnect after a node has shut down. Each client gets a random time
	 * between the two, so that they do not all reconnect at once.
	 *
	 * @param minRetry Shortest time after which a client reconnects. It should be longer
	 * than a restart takes, because a plain EventSource gives up for good when a proxy
	 * answers with an error.
	 * @param maxRetry Longest time after which a client reconnects.
	 */
	public record Goodbye(@DefaultValue("5s") Duration minRetry, @DefaultValue("15s") Duration maxRetry) {

		/**
		 * Checks the times.
		 * @throws IllegalArgumentException if one is out of its range
		 */
		public Goodbye {
			checkRetry("progress.sse.goodbye.min-retry", minRetry);
			SettingRule.isBetween("progress.sse.goodbye.max-retry", maxRetry, minRetry.plusMillis(1));
		}

		/**
		 * A random time between the two.
		 * @return the time
		 */
		public Duration retry() {
			return Duration
				.ofMillis(ThreadLocalRandom.current().nextLong(this.minRetry.toMillis(), this.maxRetry.toMillis()));
		}

	}

}
