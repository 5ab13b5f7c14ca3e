package io.progress.sse.stream;

import java.io.OutputStream;
import java.util.Arrays;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Where frames are put together. Grows with what is written, and is used again for the
 * next write. Not safe for use by several threads.
 */
final class FrameBuffer extends OutputStream {

	private static final int INITIAL_CAPACITY = 512;

	/** More than one write takes, unless an event is very large. */
	private static final int LARGE = 64 * 1024;

	private byte[] bytes = new byte[INITIAL_CAPACITY];

	private int length;

	/**
	 * Appends text of ASCII characters, which the caller has checked.
	 */
	FrameBuffer ascii(String text) {
		reserve(text.length());
		for (int i = 0; i < text.length(); i++) {
			this.bytes[this.length++] = (byte) text.charAt(i);
		}
		return this;
	}

	/**
	 * Appends a number's digits.
	 * @param number not negative
	 */
	FrameBuffer number(long number) {
		int digits = 1;
		for (long left = number / 10; left > 0; left /= 10) {
			digits++;
		}
		reserve(digits);
		long left = number;
		for (int i = this.length + digits - 1; i >= this.length; i--) {
			this.bytes[i] = (byte) ('0' + left % 10);
			left /= 10;
		}
		this.length += digits;
		return this;
	}

	@Override
	public void write(int b) {
		reserve(1);
		this.bytes[this.length++] = (byte) b;
	}

	@Override
	public void write(byte[] source) {
		write(source, 0, source.length);
	}

	@Override
	public void write(byte[] source, int offset, int count) {
		reserve(count);
		System.arraycopy(source, offset, this.bytes, this.length, count);
		this.length += count;
	}

	int length() {
		return this.length;
	}

	byte at(int index) {
		return this.bytes[index];
	}

	/**
	 * Drops what was written behind a place.
	 */
	void truncate(int length) {
		this.length = length;
	}

	/**
	 * Empties it. What something large took is given back.
	 */
	void clear() {
		this.length = 0;
		if (this.bytes.length > LARGE) {
			this.bytes = new byte[INITIAL_CAPACITY];
		}
	}

	void copyTo(DataBuffer target) {
		target.write(this.bytes, 0, this.length);
	}

	byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	private void reserve(int count) {
		if (this.bytes.length - this.length < count) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(Math.addExact(this.length, count), 2 * this.bytes.length));
		}
	}

}
