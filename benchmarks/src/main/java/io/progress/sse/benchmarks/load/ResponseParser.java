package io.progress.sse.benchmarks.load;

/**
 * Takes an HTTP/1.1 response apart that comes in chunks, as in RFC 9112, section 7.1.
 */
final class ResponseParser {

	private static final byte[] HEAD_END = { '\r', '\n', '\r', '\n' };

	private static final int STATUS_FROM = 9;

	private final FrameParser body;

	private Part part = Part.HEAD;

	private int position;

	private int matched;

	private int status;

	private int size;

	ResponseParser(FrameParser body) {
		this.body = body;
	}

	/**
	 * The status; 0 until the head is complete.
	 */
	int status() {
		return (this.part != Part.HEAD) ? this.status : 0;
	}

	boolean isOver() {
		return this.part == Part.END;
	}

	void parse(byte[] bytes, int length) {
		int i = 0;
		while (i < length) {
			switch (this.part) {
				case HEAD -> onHead(bytes[i++]);
				case SIZE -> onSize(bytes[i++]);
				case CHUNK -> {
					int end = Math.min(length, i + this.size);
					this.body.parse(bytes, i, end);
					this.size -= end - i;
					i = end;
					this.part = (this.size > 0) ? Part.CHUNK : Part.CHUNK_END;
				}
				case CHUNK_END -> {
					if (bytes[i++] == '\n') {
						this.part = Part.SIZE;
					}
				}
				case END -> i = length;
			}
		}
	}

	private void onHead(byte c) {
		if (this.position >= STATUS_FROM && this.position < STATUS_FROM + 3) {
			this.status = this.status * 10 + (c - '0');
		}
		this.position++;
		this.matched = (c == HEAD_END[this.matched]) ? this.matched + 1 : (c == '\r') ? 1 : 0;
		if (this.matched == HEAD_END.length) {
			this.part = Part.SIZE;
		}
	}

	private void onSize(byte c) {
		if (c == '\n') {
			this.part = (this.size > 0) ? Part.CHUNK : Part.END;
		}
		else if (c != '\r') {
			this.size = this.size * 16 + Character.digit(c, 16);
		}
	}

	private enum Part {

		HEAD, SIZE, CHUNK, CHUNK_END, END

	}

}
