package io.progress.sse.benchmarks.load;

/**
 * Finds events in an event stream, however it is cut into pieces, without keeping any of
 * it. Of each it reads the last number of its id, which says which event of its job it
 * is, and the number behind {@code "t":} in its data, which says when it was due.
 */
final class FrameParser {

	private static final byte[] TAG = { '"', 't', '"', ':' };

	private final Listener listener;

	private int column;

	private byte field;

	private boolean hasData;

	private long number;

	private int tag;

	private long dueMicros;

	FrameParser(Listener listener) {
		this.listener = listener;
	}

	void parse(byte[] bytes, int from, int to) {
		for (int i = from; i < to; i++) {
			byte c = bytes[i];
			if (c == '\n') {
				onLineEnd();
			}
			else if (c != '\r') {
				onCharacter(c);
			}
		}
	}

	private void onCharacter(byte c) {
		if (this.column++ == 0) {
			this.field = c;
			this.tag = 0;
			this.hasData |= c == 'd';
		}
		if (this.field == 'd') {
			onData(c);
		}
		else if (this.field == 'i') {
			this.number = isDigit(c) ? this.number * 10 + (c - '0') : 0;
		}
	}

	private void onData(byte c) {
		if (this.tag == TAG.length) {
			if (isDigit(c)) {
				this.dueMicros = this.dueMicros * 10 + (c - '0');
				return;
			}
			this.tag = 0;
		}
		if (c == TAG[this.tag]) {
			this.tag++;
			if (this.tag == TAG.length) {
				this.dueMicros = 0;
			}
		}
		else {
			this.tag = (c == TAG[0]) ? 1 : 0;
		}
	}

	private void onLineEnd() {
		if (this.column == 0 && this.hasData) {
			this.listener.onEvent(this.number, this.dueMicros);
			this.hasData = false;
			this.dueMicros = 0;
		}
		this.column = 0;
	}

	private static boolean isDigit(byte c) {
		return c >= '0' && c <= '9';
	}

	/** Hears of events. */
	@FunctionalInterface
	interface Listener {

		void onEvent(long number, long dueMicros);

	}

}
