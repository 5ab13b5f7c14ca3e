package io.progress.sse.webhook;

import java.net.URI;
import java.time.Instant;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

/**
 * That somebody is to be told of a job's end. What is told is not part of it: that is the
 * job's last event, which its store has.
 *
 * @param job the job
 * @param createdAt when it was admitted, which tells runs of one id apart
 * @param target URL to be told
 * @param attempts how many attempts have failed
 */
public record Delivery(JobId job, Instant createdAt, URI target, int attempts) {

	/**
	 * The delivery of a job's end, not yet attempted.
	 * @param job the job
	 * @param target URL to be told
	 * @return a new delivery
	 */
	public static Delivery of(JobInfo job, URI target) {
		return new Delivery(job.id(), job.createdAt(), target, 0);
	}

	/**
	 * The same for all attempts, and different for each run.
	 * @return the id, of {@code [A-Za-z0-9_-]}
	 */
	public String id() {
		return "msg_" + this.job.value() + "_" + this.createdAt.toEpochMilli();
	}

	/**
	 * After a failed attempt.
	 * @return a changed copy
	 */
	public Delivery failed() {
		return new Delivery(this.job, this.createdAt, this.target, this.attempts + 1);
	}

}
