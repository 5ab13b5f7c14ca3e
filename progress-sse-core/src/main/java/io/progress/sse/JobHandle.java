package io.progress.sse;

import java.util.concurrent.CompletionStage;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;

/**
 * A started job, seen from the one who started it.
 */
public interface JobHandle {

	/**
	 * The job's id.
	 * @return the id
	 */
	JobId id();

	/**
	 * What kind of job it is.
	 * @return the name
	 */
	String name();

	/**
	 * Where it is in its life.
	 * @return the state at this moment
	 */
	JobState state();

	/**
	 * Asks the worker to stop. It stops when it next looks, if it looks at all.
	 * @return {@code false} if the job has ended
	 */
	boolean cancel();

	/**
	 * Completes with the terminal state when the job has ended, never exceptionally. That
	 * of a job of another process completes with {@link JobState#LOST} when its worker is
	 * lost.
	 * @return a stage; completing it has no effect on the job
	 */
	CompletionStage<JobState> ended();

}
