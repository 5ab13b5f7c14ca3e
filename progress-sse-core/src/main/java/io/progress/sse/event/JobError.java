package io.progress.sse.event;

/**
 * The reason of a failure, as viewers see it. Both texts go to browsers: they are chosen
 * by the application or fixed, never taken from an exception.
 *
 * @param code a stable name for programs, such as {@code internal}
 * @param message a sentence for people
 */
public record JobError(String code, String message) {

	/** The error that viewers see if the application gives none. */
	public static final JobError INTERNAL = new JobError("internal", "The job failed");

}
