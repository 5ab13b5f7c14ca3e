package io.progress.sse.stream;

import org.jspecify.annotations.Nullable;

/**
 * All jobs of an owner: those that run, and those to come.
 *
 * @param owner the owner's name; {@code null} for all owners
 */
public record OwnedJobs(@Nullable String owner) {

}
