package io.progress.sse.webhook;

import java.net.URI;
import java.time.Instant;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

/**
 * A pending webhook message about the end of one job. It does not hold the content: that
 * is the job's last event, which is read from the event store when the message is sent.
 *
 * @param job the job
 * @param createdAt when the job was admitted; different for each run of one id
 * @param target URL to post to
 * @param attempts how many attempts have failed
 */
public record Delivery(JobId job, Instant createdAt, URI target, int attempts) {

	/**
	 * Creates the delivery of a job's end, before its first attempt.
	 * @param job the job
	 * @param target URL to post to
	 * @return a new delivery
	 */
	public static Delivery of(JobInfo job, URI target) {
		return new Delivery(job.id(), job.createdAt(), target, 0);
	}

	/**
	 * Returns the id of the message: the same for all attempts, and different for each
	 * run.
	 * @return the id, of {@code [A-Za-z0-9_-]}
	 */
	public String id() {
		return "msg_" + this.job.value() + "_" + this.createdAt.toEpochMilli();
	}

	/**
	 * Returns this delivery with one more failed attempt.
	 * @return a changed copy
	 */
	public Delivery failed() {
		return new Delivery(this.job, this.createdAt, this.target, this.attempts + 1);
	}

}
