package io.progress.sse.redis;

import java.nio.charset.StandardCharsets;

import io.progress.sse.event.JobId;

/**
 * The names of a job in Redis. They share a hash tag, so that a cluster keeps them
 * together; a job id holds no brace that could break it.
 */
final class JobKeys {

	private final byte[] job;

	private final byte[] events;

	private final byte[] channel;

	private final byte[] milestones;

	private JobKeys(String prefix, JobId id) {
		String common = prefix + ":{" + id.value() + "}:";
		this.job = bytes(common + "job");
		this.events = bytes(common + "events");
		this.channel = bytes(channel(prefix, id));
		this.milestones = bytes(common + "milestones");
	}

	static JobKeys of(String prefix, JobId id) {
		return new JobKeys(prefix, id);
	}

	/** Channel that tells of a job's events. */
	static String channel(String prefix, JobId id) {
		return prefix + ":{" + id.value() + "}:live";
	}

	/** Channel that tells of jobs that are to stop. */
	static String cancellations(String prefix) {
		return prefix + ":{cancel}:jobs";
	}

	/** The hash with the job's standing. */
	byte[] job() {
		return this.job;
	}

	/** The stream of its events. */
	byte[] events() {
		return this.events;
	}

	/** The stream of the milestones that have left that of the events. */
	byte[] milestones() {
		return this.milestones;
	}

	/** What holds the job, in the order in which scripts without a channel expect it. */
	byte[][] stored() {
		return new byte[][] { this.job, this.events, this.milestones };
	}

	/** All of them, in the order in which scripts expect them. */
	byte[][] all() {
		return new byte[][] { this.job, this.events, this.channel, this.milestones };
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
