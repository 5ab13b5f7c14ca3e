package io.progress.sse.redis;

import java.time.Duration;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Builds a {@link RedisProgressEventStore}. Not for use by several threads.
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

	private int jobsPerOwner = StoreSettings.DEFAULTS.jobsPerOwner();

	private int listedJobs = StoreSettings.DEFAULTS.listedJobs();

	RedisProgressEventStoreBuilder(LettuceConnectionFactory connections) {
		this.connections = connections;
	}

	/**
	 * Sets the beginning of all keys and channels. Applications that share a Redis need
	 * different ones.
	 * @param keyPrefix 1 to 64 characters of {@code [A-Za-z0-9_.:/-]};
	 * {@value io.progress.sse.redis.StoreSettings#KEY_PREFIX} by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder keyPrefix(String keyPrefix) {
		this.keyPrefix = keyPrefix;
		return this;
	}

	/**
	 * Sets how many of a job's newest events are kept, at least. Of older events only
	 * milestones are kept.
	 * @param eventsPerJob from 1 to a million;
	 * {@value io.progress.sse.support.JobSettings#EVENTS_PER_JOB} by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder eventsPerJob(int eventsPerJob) {
		this.eventsPerJob = eventsPerJob;
		return this;
	}

	/**
	 * Sets how many milestones of a job are kept in addition to its newest events, at
	 * most; the oldest are removed first.
	 * @param milestonesPerJob from 1 to a million;
	 * {@value io.progress.sse.support.JobSettings#MILESTONES_PER_JOB} by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder milestonesPerJob(int milestonesPerJob) {
		this.milestonesPerJob = milestonesPerJob;
		return this;
	}

	/**
	 * Sets how long a job counts as alive without a sign of its worker. Should be longer
	 * than a failover takes.
	 * @param lease from 100 ms to a year;
	 * {@value io.progress.sse.redis.StoreSettings#LEASE_SECONDS} s by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder lease(Duration lease) {
		this.lease = lease;
		return this;
	}

	/**
	 * Sets how long after the end of its lease a job is marked as lost.
	 * @param grace from 0 to a year;
	 * {@value io.progress.sse.redis.StoreSettings#GRACE_SECONDS} s by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder grace(Duration grace) {
		this.grace = grace;
		return this;
	}

	/**
	 * Sets how long a job that has not ended is kept after the last sign of its worker.
	 * @param retention from lease and grace together to ten years;
	 * {@value io.progress.sse.redis.StoreSettings#RUNNING_RETENTION_HOURS} hour by
	 * default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder runningRetention(Duration retention) {
		this.runningRetention = retention;
		return this;
	}

	/**
	 * Sets how long the events of a job stay after its end; after that only the final one
	 * is kept.
	 * @param retention from 1 ms to ten years;
	 * {@value io.progress.sse.support.JobSettings#EVENT_RETENTION_MINUTES} minutes by
	 * default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder eventRetention(Duration retention) {
		this.eventRetention = retention;
		return this;
	}

	/**
	 * Sets how long the final event of a job stays after its end; after that the job is
	 * unknown.
	 * @param retention from the retention of events to ten years;
	 * {@value io.progress.sse.support.JobSettings#RESULT_RETENTION_HOURS} hours by
	 * default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder resultRetention(Duration retention) {
		this.resultRetention = retention;
		return this;
	}

	/**
	 * Sets how many jobs of one owner are listed, and how many children of one job. The
	 * newest are listed; the others can still be read by id.
	 * @param jobsPerOwner at least 1;
	 * {@value io.progress.sse.support.JobSettings#JOBS_PER_OWNER} by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder jobsPerOwner(int jobsPerOwner) {
		this.jobsPerOwner = jobsPerOwner;
		return this;
	}

	/**
	 * Sets how many jobs are in the list of all owners: the newest ones.
	 * @param listedJobs at least 1; 100,000 by default
	 * @return this
	 */
	public RedisProgressEventStoreBuilder listedJobs(int listedJobs) {
		this.listedJobs = listedJobs;
		return this;
	}

	/**
	 * Builds the store. It connects at the first use.
	 * @return a new store; close it
	 * @throws IllegalArgumentException if a setting is out of its range
	 */
	public RedisProgressEventStore build() {
		return new RedisProgressEventStore(this.connections,
				new StoreSettings(this.keyPrefix, this.eventsPerJob, this.milestonesPerJob, this.lease, this.grace,
						this.runningRetention, this.eventRetention, this.resultRetention, this.jobsPerOwner,
						this.listedJobs));
	}

}
