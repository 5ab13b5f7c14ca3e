package io.progress.sse.jackson;

import java.io.ByteArrayOutputStream;

/**
 * Collects the JSON of a value and fails when it becomes too large.
 */
final class BoundedOutput extends ByteArrayOutputStream {

	/** Largest JSON of a value, in bytes; more than any event may carry. */
	static final int MAX_BYTES = 64 * 1024;

	@Override
	public synchronized void write(int b) {
		check(1);
		super.write(b);
	}

	@Override
	public synchronized void write(byte[] bytes, int offset, int length) {
		check(length);
		super.write(bytes, offset, length);
	}

	private void check(int more) {
		if (this.count + more > MAX_BYTES) {
			throw new IllegalArgumentException("'value' must have at most " + MAX_BYTES + " bytes as JSON");
		}
	}

}
