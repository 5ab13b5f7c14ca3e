package io.progress.sse.event;

/**
 * A line that every viewer must see, unlike a message, of which only the newest is shown.
 *
 * @param level its importance
 * @param text the line
 */
public record Note(Level level, String text) {

	/** The importance of a note. */
	public enum Level {

		/** For information. */
		INFO,

		/** Something is odd, the job goes on. */
		WARNING,

		/** Something went wrong, the job goes on. */
		ERROR

	}

}
