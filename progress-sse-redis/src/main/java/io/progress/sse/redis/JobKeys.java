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

	/** Returns the channel for the events of a job. */
	static String channel(String prefix, JobId id) {
		return prefix + ":{" + id.value() + "}:live";
	}

	/** Returns the channel for requests to cancel jobs. */
	static String cancellations(String prefix) {
		return prefix + ":{cancel}:jobs";
	}

	/** Returns the key of the hash with the job's state. */
	byte[] job() {
		return this.job;
	}

	/** Returns the key of the stream of its events. */
	byte[] events() {
		return this.events;
	}

	/**
	 * Returns the key of the stream of the milestones that were moved out of the stream
	 * of events.
	 */
	byte[] milestones() {
		return this.milestones;
	}

	/** Returns the keys without the channel, in the order that scripts expect. */
	byte[][] stored() {
		return new byte[][] { this.job, this.events, this.milestones };
	}

	/** Returns all names, in the order that scripts expect. */
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
