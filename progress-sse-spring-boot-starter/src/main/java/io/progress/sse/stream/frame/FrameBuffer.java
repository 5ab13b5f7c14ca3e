package io.progress.sse.stream.frame;

import java.io.OutputStream;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * A buffer in which frames are built. It grows as needed and is reused for the next
 * write. Not safe for use by several threads.
 */
public final class FrameBuffer extends OutputStream {

	private static final int INITIAL_CAPACITY = 512;

	/** The initial size; enough for one write unless an event is very large. */
	private static final int LARGE = 64 * 1024;

	private byte[] bytes = new byte[INITIAL_CAPACITY];

	private int length;

	/**
	 * Appends text of ASCII characters, which the caller has checked.
	 */
	public FrameBuffer ascii(String text) {
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
	public FrameBuffer number(long number) {
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

	/**
	 * Makes JSON a single line for all clients, in one pass: U+0085, U+2028 and U+2029,
	 * which some clients treat as line breaks, are escaped.
	 * @param start the index at which the JSON in UTF-8 begins; it goes up to the end
	 * @throws IllegalArgumentException if there is a control character in it
	 */
	public void makeOneLine(int start) {
		byte[] json = this.bytes;
		int end = this.length;
		for (int i = start; i < end; i++) {
			if (isSpecial(json[i])) {
				check(json[i]);
				if (lineBreak(json, i, end) != null) {
					this.length = i;
					escape(Arrays.copyOfRange(json, i, end));
					return;
				}
			}
		}
	}

	private void escape(byte[] json) {
		int i = 0;
		while (i < json.length) {
			check(json[i]);
			String escaped = lineBreak(json, i, json.length);
			if (escaped == null) {
				write(json[i++]);
			}
			else {
				ascii(escaped);
				i += (json[i] == (byte) 0xC2) ? 2 : 3;
			}
		}
	}

	/**
	 * Whether a byte is not a printable ASCII character. Bytes of characters outside
	 * ASCII are negative.
	 */
	private static boolean isSpecial(byte b) {
		return b < ' ';
	}

	private static void check(byte b) {
		if (b >= 0 && b < ' ') {
			throw new IllegalArgumentException(
					"'data' must be one line of JSON, but has a control character of code " + b);
		}
	}

	private static @Nullable String lineBreak(byte[] json, int at, int end) {
		if (json[at] == (byte) 0xC2 && at + 1 < end && json[at + 1] == (byte) 0x85) {
			return "\\u0085";
		}
		if (json[at] != (byte) 0xE2 || at + 2 >= end || json[at + 1] != (byte) 0x80) {
			return null;
		}
		return (json[at + 2] == (byte) 0xA8) ? "\\u2028" : (json[at + 2] == (byte) 0xA9) ? "\\u2029" : null;
	}

	public int length() {
		return this.length;
	}

	/**
	 * Drops the bytes after an index.
	 */
	public void truncate(int length) {
		this.length = length;
	}

	/**
	 * Empties the buffer, and frees its memory if it has grown large.
	 */
	public void clear() {
		this.length = 0;
		if (this.bytes.length > LARGE) {
			this.bytes = new byte[INITIAL_CAPACITY];
		}
	}

	public void copyTo(DataBuffer target) {
		target.write(this.bytes, 0, this.length);
	}

	public byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	private void reserve(int count) {
		if (this.bytes.length - this.length < count) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(Math.addExact(this.length, count), 2 * this.bytes.length));
		}
	}

}
