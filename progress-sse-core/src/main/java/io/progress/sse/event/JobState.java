package io.progress.sse.event;

import java.util.Locale;

/**
 * A state in the life of a job. The set is closed; use the phase for free text.
 */
public enum JobState {

	/** The job was admitted, but no thread works on it yet. */
	QUEUED,

	/** A worker runs the job. */
	RUNNING,

	/** The work has succeeded. */
	DONE,

	/** The work has failed. */
	FAILED,

	/** The job has ended because it was asked to stop. */
	CANCELLED,

	/**
	 * The worker has given no sign of life for longer than lease and grace. This is not
	 * an end: a worker that was only disconnected from the store can go on.
	 */
	LOST;

	private final String wireName = name().toLowerCase(Locale.ROOT);

	/**
	 * Whether this state is final.
	 * @return {@code true} for {@link #DONE}, {@link #FAILED} and {@link #CANCELLED}
	 */
	public boolean isTerminal() {
		return this == DONE || this == FAILED || this == CANCELLED;
	}

	/**
	 * Returns the name that is used in JSON.
	 * @return the lower-case name, such as {@code running}
	 */
	public String wireName() {
		return this.wireName;
	}

}
