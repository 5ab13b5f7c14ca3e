package io.progress.sse.event;

import java.util.Locale;

/**
 * A state in the life of a job. The set is closed; free text belongs into the phase.
 */
public enum JobState {

	/** Admitted, no thread works on it yet. */
	QUEUED,

	/** A worker is on it. */
	RUNNING,

	/** Ended well. */
	DONE,

	/** Ended by an error. */
	FAILED,

	/** Ended because it was asked to stop. */
	CANCELLED,

	/**
	 * The worker has not been heard of for longer than its lease and grace. Not an end: a
	 * worker that was only cut off goes on from here.
	 */
	LOST;

	private final String wireName = name().toLowerCase(Locale.ROOT);

	/**
	 * Whether a job in this state stays in it.
	 * @return {@code true} for {@link #DONE}, {@link #FAILED} and {@link #CANCELLED}
	 */
	public boolean isTerminal() {
		return this == DONE || this == FAILED || this == CANCELLED;
	}

	/**
	 * The name on the wire.
	 * @return the lower-case name, such as {@code running}
	 */
	public String wireName() {
		return this.wireName;
	}

}
