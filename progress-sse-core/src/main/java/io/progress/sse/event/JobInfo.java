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
 */
public record JobInfo(JobId id, String name, @Nullable String owner, @Nullable JobId parent, Instant createdAt) {

}
