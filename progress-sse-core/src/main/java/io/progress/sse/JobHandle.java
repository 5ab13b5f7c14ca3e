package io.progress.sse;

import java.util.concurrent.CompletionStage;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;

/**
 * A started job, as its caller sees it.
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
	 * The job's current state.
	 * @return the state at this moment
	 */
	JobState state();

	/**
	 * Asks the worker to stop. It stops the next time it calls
	 * {@link ProgressReporter#checkCancelled()} or a method that does; work that never
	 * does so runs to its end.
	 * @return {@code false} if the job has ended
	 */
	boolean cancel();

	/**
	 * Completes with the terminal state when the job has ended, never exceptionally. For
	 * a job of another process it completes with {@link JobState#LOST} if its worker is
	 * lost.
	 * @return a stage; completing it has no effect on the job
	 */
	CompletionStage<JobState> ended();

}
