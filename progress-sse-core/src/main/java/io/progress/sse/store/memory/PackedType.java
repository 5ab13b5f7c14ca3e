package io.progress.sse.store.memory;

/**
 * The type of the next value in a {@link PackedOutput}.
 */
final class PackedType {

	static final byte NULL = 0;

	static final byte TRUE = 1;

	static final byte FALSE = 2;

	static final byte INTEGER = 3;

	static final byte LONG = 4;

	static final byte DOUBLE = 5;

	static final byte TEXT = 6;

	static final byte WIDE_TEXT = 7;

	static final byte DURATION = 8;

	static final byte LIST = 9;

	static final byte MAP = 10;

	static final byte OTHER = 11;

	private PackedType() {
	}

}
