package io.progress.sse.stream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.progress.sse.support.SettingRule;

/**
 * Settings of event streams.
 *
 * @param pace times of one stream
 * @param window what is kept for the viewers of one job
 * @param limits how many streams there may be
 * @param waiting streams of jobs that have not come yet
 * @param goodbye when clients come back to a node that shut down
 */
public record StreamSettings(Pace pace, Window window, Limits limits, Waiting waiting, Goodbye goodbye) {

	/** All defaults. */
	public static final StreamSettings DEFAULTS = new StreamSettings(Pace.DEFAULTS, Window.DEFAULTS, Limits.DEFAULTS,
			Waiting.DEFAULTS, Goodbye.DEFAULTS);

	/**
	 * Times of one stream.
	 *
	 * @param retry when a client that lost its stream comes back; at least 1 s
	 * @param heartbeat after how much silence something is sent
	 * @param maxDuration how long a stream lasts at most; each one draws from the last
	 * tenth, so that they do not all end at once
	 * @param stallTimeout how long a client may leave what is sent to it unread
	 * @param linger how long a feed stays after its last viewer
	 */
	public record Pace(Duration retry, Duration heartbeat, Duration maxDuration, Duration stallTimeout,
			Duration linger) {

		/** Shorter times let a broken client ask without pause. */
		public static final Duration MIN_RETRY = Duration.ofSeconds(1);

		/** All defaults. */
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
	 * What is kept for the viewers of one job, once for all of them.
	 *
	 * @param events how many events
	 * @param bytes how many bytes of frames
	 * @param lag how many events a viewer that does not read may be behind before it is
	 * given milestones and the newest event only
	 * @param sendBuffer how many bytes the operating system may hold of one connection; 0
	 * for whatever it likes
	 */
	public record Window(int events, int bytes, int lag, int sendBuffer) {

		/** All defaults. */
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
	 * How many streams there may be on this node.
	 *
	 * @param streams in all
	 * @param perPrincipal of one principal
	 * @param perJob of one job
	 */
	public record Limits(int streams, int perPrincipal, int perJob) {

		/** All defaults. */
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
	 * Streams of jobs that have not come yet.
	 *
	 * @param time how long each waits; zero refuses them at once
	 * @param places how many may wait; a stream of many jobs counts once for each that
	 * has not come. When there are more, the client that has most gives one up
	 * @param perClient how many of one principal, or of one address where there is no
	 * principal, may wait
	 */
	public record Waiting(Duration time, int places, int perClient) {

		/** All defaults. */
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
	 * When clients come back to a node that shut down: each is told a random time between
	 * the two, so that they do not all come at once.
	 *
	 * @param minRetry the shortest time; at least 1 s, like {@link Pace#retry()}
	 * @param maxRetry the longest time; more than the shortest
	 */
	public record Goodbye(Duration minRetry, Duration maxRetry) {

		/** All defaults. */
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
		 * A random time between the two.
		 * @return the time
		 */
		public Duration retry() {
			return Duration
				.ofMillis(ThreadLocalRandom.current().nextLong(this.minRetry.toMillis(), this.maxRetry.toMillis()));
		}

	}

}
