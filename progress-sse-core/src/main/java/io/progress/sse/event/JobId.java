package io.progress.sse.event;

import java.io.Serializable;

/**
 * The name of one run of one tracked method. It appears in URLs, headers, log lines and
 * storage keys, so its alphabet is closed: 1 to {@value #MAX_LENGTH} characters of
 * {@code [A-Za-z0-9_-]}.
 *
 * @param value the text of the id
 */
public record JobId(String value) implements Comparable<JobId>, Serializable {

	/** Longest id that is accepted, in characters. */
	public static final int MAX_LENGTH = 128;

	/**
	 * Shortest id that a client may choose for itself, in characters; shorter ones can be
	 * guessed.
	 */
	public static final int MIN_CLIENT_LENGTH = 16;

	/**
	 * Checks the value.
	 * @throws IllegalArgumentException if the value is not a job id; the message does not
	 * repeat the value, which may come from an attacker
	 */
	public JobId {
		if (!isValid(value)) {
			throw new IllegalArgumentException(
					"'jobId' must be 1 to " + MAX_LENGTH + " characters of [A-Za-z0-9_-], but has " + describe(value));
		}
	}

	/**
	 * Same as the constructor.
	 * @param value the id
	 * @return the job id
	 * @throws IllegalArgumentException if the value is not a job id
	 */
	public static JobId of(String value) {
		return new JobId(value);
	}

	/**
	 * Whether a text is a job id.
	 * @param value any text, of any length
	 * @return {@code true} if {@link #of(String)} would accept it
	 */
	public static boolean isValid(String value) {
		return !value.isEmpty() && value.length() <= MAX_LENGTH && firstForeign(value) < 0;
	}

	@Override
	public int compareTo(JobId other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return this.value;
	}

	private static String describe(String value) {
		if (value.isEmpty() || value.length() > MAX_LENGTH) {
			return value.length() + " characters";
		}
		return "another character at index " + firstForeign(value);
	}

	private static int firstForeign(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			boolean own = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
					|| c == '-';
			if (!own) {
				return i;
			}
		}
		return -1;
	}

}
