package io.progress.sse;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The newest message of a job. Written by the worker without a lock, read by the ticker.
 * A text that has yet to be made is made on the worker's thread, and only if the ticker
 * has been here since the last one; the newest that was not made is kept for the end.
 */
final class StatusLine {

	private volatile @Nullable String text;

	private volatile @Nullable Supplier<String> unmade;

	private volatile boolean wanted = true;

	@Nullable String text() {
		return this.text;
	}

	void set(String text) {
		this.unmade = null;
		this.text = Texts.line(text);
	}

	/**
	 * Takes a text that has yet to be made.
	 * @return whether it was made now
	 */
	boolean offer(Supplier<String> text) {
		if (!this.wanted) {
			this.unmade = text;
			return false;
		}
		this.wanted = false;
		set(text.get());
		return true;
	}

	/**
	 * Makes the newest text if it has not been made.
	 */
	void settle() {
		Supplier<String> last = this.unmade;
		if (last != null) {
			set(last.get());
		}
	}

	void want() {
		if (!this.wanted) {
			this.wanted = true;
		}
	}

	void clear() {
		this.unmade = null;
		this.text = null;
	}

}
