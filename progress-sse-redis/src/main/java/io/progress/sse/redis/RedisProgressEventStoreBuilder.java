package io.progress.sse.redis;

import java.time.Duration;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Makes a {@link RedisProgressEventStore}. Not for use by several threads.
 */
public final class RedisProgressEventStoreBuilder {

	private final LettuceConnectionFactory connections;

	private String keyPrefix = StoreSettings.DEFAULTS.keyPrefix();

	private int eventsPerJob = StoreSettings.DEFAULTS.eventsPerJob();

	private int milestonesPerJob = StoreSettings.DEFAULTS.milestonesPerJob();

	private Duration lease = StoreSettings.DEFAULTS.lease();

	private Duration grace = StoreSettings.DEFAULTS.grace();

	private Duration runningRetention = StoreSettings.DEFAULTS.runningRetention();

	private Duration eventRetention = StoreSettings.DEFAULTS.eventRetention();

	private Duration resultRetention = StoreSettings.DEFAULTS.resultRetention();

	RedisProgressEventStoreBuilder(LettuceConnectionFactory connections) {
		this.connections = connections;
	}

	/**
	 * Beginning of all keys and channels. Applications that share a Redis need different
	 * ones.
	 * @param keyPrefix 1 to 64 characters of {@code [A-Za-z0-9_.:/-]}; {@code progress}
	 * by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder keyPrefix(String keyPrefix) {
		this.keyPrefix = keyPrefix;
		return this;
	}

	/**
	 * How many of a job's newest events are kept, at least. Of older ones only milestones
	 * are.
	 * @param eventsPerJob at least 1; 256 by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder eventsPerJob(int eventsPerJob) {
		this.eventsPerJob = eventsPerJob;
		return this;
	}

	/**
	 * How many milestones of a job are kept beyond its newest events, at most; the oldest
	 * make room.
	 * @param milestonesPerJob at least 1; 1,000 by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder milestonesPerJob(int milestonesPerJob) {
		this.milestonesPerJob = milestonesPerJob;
		return this;
	}

	/**
	 * How long a job lives without a sign of its worker. Should exceed the time of a
	 * failover.
	 * @param lease at least 100 ms; 30 s by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder lease(Duration lease) {
		this.lease = lease;
		return this;
	}

	/**
	 * How long after the end of its lease a job is called lost.
	 * @param grace not negative; 30 s by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder grace(Duration grace) {
		this.grace = grace;
		return this;
	}

	/**
	 * How long a job that has not ended is kept after the last sign of its worker.
	 * @param retention at least lease and grace together; 1 hour by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder runningRetention(Duration retention) {
		this.runningRetention = retention;
		return this;
	}

	/**
	 * How long the events of a job stay after its end; then only the final one is left.
	 * @param retention at least 1 ms; 10 minutes by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder eventRetention(Duration retention) {
		this.eventRetention = retention;
		return this;
	}

	/**
	 * How long the final event of a job stays after its end; then the job is unknown.
	 * @param retention at least the retention of events; 24 hours by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder resultRetention(Duration retention) {
		this.resultRetention = retention;
		return this;
	}

	/**
	 * The store. Connects when it is first used.
	 * @return a new store; close it
	 * @throws IllegalArgumentException if a setting is out of its range
	 */
	public RedisProgressEventStore build() {
		return new RedisProgressEventStore(this.connections,
				new StoreSettings(this.keyPrefix, this.eventsPerJob, this.milestonesPerJob, this.lease, this.grace,
						this.runningRetention, this.eventRetention, this.resultRetention));
	}

}
