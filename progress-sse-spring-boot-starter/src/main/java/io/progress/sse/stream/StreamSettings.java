package io.progress.sse.stream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.progress.sse.support.SettingRule;

/**
 * Settings of event streams.
 *
 * @param pace times of one stream
 * @param window events that are kept for the viewers of one job
 * @param limits limits of the number of streams
 * @param waiting streams of jobs that do not exist yet
 * @param goodbye when clients reconnect after a node has shut down
 */
public record StreamSettings(Pace pace, Window window, Limits limits, Waiting waiting, Goodbye goodbye) {

	/** The default settings. */
	public static final StreamSettings DEFAULTS = new StreamSettings(Pace.DEFAULTS, Window.DEFAULTS, Limits.DEFAULTS,
			Waiting.DEFAULTS, Goodbye.DEFAULTS);

	/**
	 * Times of one stream.
	 *
	 * @param retry when a client that lost its stream reconnects; at least 1 s
	 * @param heartbeat after how much time without events a heartbeat is sent
	 * @param maxDuration how long a stream lasts at most; each stream ends at a random
	 * time in the last tenth, so that they do not all end at once
	 * @param stallTimeout how long a client may read nothing before it is disconnected
	 * @param linger how long a feed stays after its last viewer
	 */
	public record Pace(Duration retry, Duration heartbeat, Duration maxDuration, Duration stallTimeout,
			Duration linger) {

		/**
		 * The shortest retry time; with a shorter one a broken client would reconnect all
		 * the time.
		 */
		public static final Duration MIN_RETRY = Duration.ofSeconds(1);

		/** The default times. */
		public static final Pace DEFAULTS = new Pace(Duration.ofSeconds(3), Duration.ofSeconds(4),
				Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofSeconds(10));

		/**
		 * Checks the times.
		 * @throws IllegalArgumentException if one is too short
		 */
		public Pace {
			SettingRule.isAtLeast("retry", retry, MIN_RETRY);
			SettingRule.isAtLeast("heartbeat", heartbeat, Duration.ofMillis(10));
			SettingRule.isAtLeast("maxDuration", maxDuration, Duration.ofMillis(10));
			SettingRule.isAtLeast("stallTimeout", stallTimeout, Duration.ofMillis(10));
			SettingRule.isAtLeast("linger", linger, Duration.ZERO);
		}

	}

	/**
	 * The events that are kept for all viewers of one job together.
	 *
	 * @param events how many events
	 * @param bytes how many bytes of frames
	 * @param lag how many events a slow viewer may be behind before it gets milestones
	 * and the newest event only
	 * @param sendBuffer the operating system's send buffer of one connection in bytes; 0
	 * for the system's default
	 */
	public record Window(int events, int bytes, int lag, int sendBuffer) {

		/** The default sizes. */
		public static final Window DEFAULTS = new Window(256, 1 << 20, 64, 1 << 16);

		/**
		 * Checks the numbers.
		 * @throws IllegalArgumentException if one is less than 1
		 */
		public Window {
			SettingRule.isAtLeast("events", events, 1);
			SettingRule.isAtLeast("bytes", bytes, 1);
			SettingRule.isAtLeast("lag", lag, 1);
			SettingRule.isAtLeast("sendBuffer", sendBuffer, 0);
		}

	}

	/**
	 * Limits of the number of streams on this node.
	 *
	 * @param streams limit of all streams
	 * @param perPrincipal limit of the streams of one principal
	 * @param perJob limit of the streams of one job
	 */
	public record Limits(int streams, int perPrincipal, int perJob) {

		/** The default limits. */
		public static final Limits DEFAULTS = new Limits(10_000, 20, 1_000);

		/**
		 * Checks the numbers.
		 * @throws IllegalArgumentException if one is less than 1
		 */
		public Limits {
			SettingRule.isAtLeast("streams", streams, 1);
			SettingRule.isAtLeast("perPrincipal", perPrincipal, 1);
			SettingRule.isAtLeast("perJob", perJob, 1);
		}

	}

	/**
	 * Settings of streams of jobs that do not exist yet.
	 *
	 * @param time how long each stream waits; zero refuses it at once
	 * @param places how many may wait; a stream of many jobs counts once for each missing
	 * job. When the limit is reached, the client that has most of them loses one
	 * @param perClient how many streams of one principal, or of one address if there is
	 * no principal, may wait
	 */
	public record Waiting(Duration time, int places, int perClient) {

		/** The default values. */
		public static final Waiting DEFAULTS = new Waiting(Duration.ofSeconds(30), 1_000, 100);

		/**
		 * Checks the values.
		 * @throws IllegalArgumentException if one is negative
		 */
		public Waiting {
			SettingRule.isAtLeast("time", time, Duration.ZERO);
			SettingRule.isAtLeast("places", places, 0);
			SettingRule.isAtLeast("perClient", perClient, 1);
		}

	}

	/**
	 * When clients reconnect after a node has shut down: each gets a random time between
	 * the two, so that they do not all reconnect at once.
	 *
	 * @param minRetry the shortest time; at least 1 s, like {@link Pace#retry()}
	 * @param maxRetry the longest time; more than the shortest
	 */
	public record Goodbye(Duration minRetry, Duration maxRetry) {

		/** The default times. */
		public static final Goodbye DEFAULTS = new Goodbye(Duration.ofSeconds(5), Duration.ofSeconds(15));

		/**
		 * Checks the times.
		 * @throws IllegalArgumentException if they are too short
		 */
		public Goodbye {
			SettingRule.isAtLeast("minRetry", minRetry, Pace.MIN_RETRY);
			SettingRule.isAtLeast("maxRetry", maxRetry, minRetry.plusMillis(1));
		}

		/**
		 * Returns a random time between the two.
		 * @return the time
		 */
		public Duration retry() {
			return Duration
				.ofMillis(ThreadLocalRandom.current().nextLong(this.minRetry.toMillis(), this.maxRetry.toMillis()));
		}

	}

}
