package io.progress.sse;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobError;

/**
 * Decides what viewers are told about an exception. Mappers are asked in order; where all
 * pass, {@link ProgressException} speaks for itself and everything else is
 * {@link JobError#INTERNAL}.
 */
@FunctionalInterface
public interface ProgressErrorMapper {

	/**
	 * Maps an exception. Called on the worker's thread. What it throws is logged and
	 * counts as a pass.
	 * @param error what the job threw
	 * @return what viewers are told, or {@code null} to pass
	 */
	@Nullable JobError map(Throwable error);

}
