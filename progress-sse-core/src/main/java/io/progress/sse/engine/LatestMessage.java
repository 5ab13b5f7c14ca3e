package io.progress.sse.engine;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.progress.sse.support.Texts;

/**
 * The newest message of a job. Written by the worker without a lock, read by the ticker.
 * A supplier of a text is called on the worker's thread if the previous one was called
 * long enough ago. Otherwise it is kept until the next call replaces it; if no call
 * comes, because a long step has begun, another thread calls it.
 */
final class LatestMessage {

	private final AtomicReference<Line> line;

	private final long pause;

	/**
	 * Creates an empty message.
	 * @param pause nanoseconds between two supplier calls on the worker's thread
	 */
	LatestMessage(long now, long pause) {
		this.line = new AtomicReference<>(new Line(null, null, 0, now - pause));
		this.pause = pause;
	}

	@Nullable String text() {
		return line().text();
	}

	void set(String text) {
		String clean = Texts.line(text);
		this.line.updateAndGet((line) -> line.with(clean));
	}

	/**
	 * Takes a supplier of a text.
	 * @return whether it was called now
	 */
	boolean offer(Supplier<String> text, long now) {
		if (!passed(line().madeNanos(), now)) {
			this.line.updateAndGet((line) -> line.with(text, now));
			return false;
		}
		this.line.updateAndGet((line) -> line.madeAt(now));
		set(text.get());
		return true;
	}

	/**
	 * Whether the last supplier was not called and the worker has set no message since.
	 */
	boolean waits(long now) {
		Line line = line();
		return line.unmade() != null && passed(line.offeredNanos(), now);
	}

	/**
	 * Calls the newest supplier if that has not happened. A message that the worker sets
	 * meanwhile wins.
	 */
	void settle(long now) {
		Line line = line();
		Supplier<String> unmade = line.unmade();
		if (unmade == null) {
			return;
		}
		String text = line.text();
		try {
			text = Texts.line(unmade.get());
		}
		finally {
			this.line.compareAndSet(line, new Line(text, null, 0, now));
		}
	}

	void clear() {
		this.line.updateAndGet((line) -> line.with((String) null));
	}

	private Line line() {
		return Objects.requireNonNull(this.line.get());
	}

	/** Whether the pause is over. Also true if the clock was set back. */
	private boolean passed(long nanos, long now) {
		long age = now - nanos;
		return age >= this.pause || age < 0;
	}

	/**
	 * What the worker said last.
	 *
	 * @param text the newest that was made
	 * @param unmade the newest, if it was not made
	 * @param offeredNanos when that came
	 * @param madeNanos when a text was made for the last time
	 */
	private record Line(@Nullable String text, @Nullable Supplier<String> unmade, long offeredNanos, long madeNanos) {

		Line with(@Nullable String text) {
			return new Line(text, null, 0, this.madeNanos);
		}

		Line with(Supplier<String> unmade, long now) {
			return new Line(this.text, unmade, now, this.madeNanos);
		}

		Line madeAt(long now) {
			return new Line(this.text, this.unmade, this.offeredNanos, now);
		}

	}

}
