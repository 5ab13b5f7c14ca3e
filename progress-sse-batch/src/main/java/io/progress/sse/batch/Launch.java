package io.progress.sse.batch;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;

/**
 * What is known of a launch on the thread of its caller; the execution may run on
 * another.
 *
 * @param id the id that the client wants
 * @param owner the name of the caller
 * @param webhook the URL that is told of the end
 * @param parent the job that the caller works on
 * @param step the step that the caller is in
 */
record Launch(@Nullable JobId id, @Nullable String owner, @Nullable URI webhook, @Nullable JobId parent,
		@Nullable StepRun step) {

	static final Launch UNKNOWN = new Launch(null, null, null, null, null);

}
