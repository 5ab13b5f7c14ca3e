package io.progress.sse;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobError;

/**
 * Decides what viewers are told about an exception. Mappers are asked in order. If none
 * answers, viewers see the code and message of a {@link ProgressException}, and
 * {@link JobError#INTERNAL} for any other exception.
 */
@FunctionalInterface
public interface ProgressErrorMapper {

	/**
	 * Maps an exception. Called on the worker's thread. An exception is logged and counts
	 * as {@code null}.
	 * @param error what the job threw
	 * @return what viewers are told, or {@code null} to ask the next mapper
	 */
	@Nullable JobError map(Throwable error);

}
