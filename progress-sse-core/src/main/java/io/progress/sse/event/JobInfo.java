package io.progress.sse.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The properties of a job that never change.
 *
 * @param id its id
 * @param name what kind of job it is, such as {@code image-conversion}: the same for each
 * run, usable as a metric tag
 * @param owner name of the principal that it belongs to; {@code null} if it belongs to
 * anyone who knows its id
 * @param parent the job that it was started from; {@code null} for most
 * @param createdAt when it was admitted
 * @param node name of the process that runs it, for operators; {@code null} if it is not
 * known
 */
public record JobInfo(JobId id, String name, @Nullable String owner, @Nullable JobId parent, Instant createdAt,
		@Nullable String node) {

	/**
	 * Creates a job of which nobody knows where it runs.
	 * @param id its id
	 * @param name what kind of job it is
	 * @param owner name of the principal that it belongs to; {@code null} for none
	 * @param parent the job that it was started from; {@code null} for none
	 * @param createdAt when it was admitted
	 */
	public JobInfo(JobId id, String name, @Nullable String owner, @Nullable JobId parent, Instant createdAt) {
		this(id, name, owner, parent, createdAt, null);
	}

}
