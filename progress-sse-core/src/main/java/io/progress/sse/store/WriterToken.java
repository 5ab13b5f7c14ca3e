package io.progress.sse.store;

import java.security.SecureRandom;

/**
 * A token that distinguishes the writers of a job. Of two tokens for one job the higher
 * wins, and a token that was made later is higher, so that a replaced worker is refused
 * at its next append, even by a store that has lost both tokens.
 *
 * @param value 32 lower-case hexadecimal digits; the order of the texts is the order of
 * the tokens
 */
public record WriterToken(String value) implements Comparable<WriterToken> {

	private static final SecureRandom RANDOM = new SecureRandom();

	/**
	 * Checks the value.
	 * @throws IllegalArgumentException if it is not 32 hexadecimal digits
	 */
	public WriterToken {
		if (!value.matches("[0-9a-f]{32}")) {
			throw new IllegalArgumentException(
					"'token' must be 32 lower-case hexadecimal digits, but is '" + value + "'");
		}
	}

	/**
	 * Creates a unique token.
	 * @param order rises from token to token of one process and is derived from the time,
	 * such as milliseconds shifted left by 16 bits plus a count; not negative
	 * @return a new token
	 */
	public static WriterToken of(long order) {
		return new WriterToken(String.format("%016x%016x", order, RANDOM.nextLong()));
	}

	@Override
	public int compareTo(WriterToken other) {
		return this.value.compareTo(other.value);
	}

}
