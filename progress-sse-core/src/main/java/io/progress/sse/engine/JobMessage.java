package io.progress.sse.engine;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.progress.sse.support.Texts;

/**
 * The newest message of a job. Written by the worker without a lock, read by the ticker.
 * A supplier of a text is called on the worker's thread if the previous one was called
 * long enough ago. Otherwise it is kept until the next call replaces it; if no call
 * comes, because a long step has begun, another thread calls it. A supplier that throws
 * is only logged.
 */
final class JobMessage {

	private static final int TEXTS_PER_TICK = 8;

	private final AtomicReference<Line> line;

	private final EngineTime time;

	private final MessagePool pool;

	private final JobLog log;

	/** Nanoseconds between two supplier calls on the worker's thread. */
	private final long pause;

	/** Whether another thread calls the newest supplier. */
	private final AtomicBoolean making = new AtomicBoolean();

	private volatile boolean unmade;

	JobMessage(JobEnvironment environment, JobLog log) {
		this.time = environment.time();
		this.pool = environment.messages();
		this.log = log;
		this.pause = environment.tickNanos() / TEXTS_PER_TICK;
		this.line = new AtomicReference<>(new Line(null, null, 0, this.time.now() - this.pause));
	}

	@Nullable String text() {
		return line().text();
	}

	void set(String text) {
		String clean = Texts.line(text);
		this.line.updateAndGet((line) -> line.with(clean));
	}

	/**
	 * Takes a supplier of the newest message.
	 * @return whether it was called now
	 */
	boolean offer(Supplier<String> text) {
		try {
			boolean made = makeIfDue(text, this.time.now());
			if (!made) {
				this.unmade = true;
			}
			return made;
		}
		catch (Throwable ex) {
			this.log.unspoken(ex);
			return false;
		}
	}

	private boolean makeIfDue(Supplier<String> text, long now) {
		if (!isPaused(line().madeNanos(), now)) {
			this.line.updateAndGet((line) -> line.madeAt(now));
			set(text.get());
			return true;
		}
		this.line.updateAndGet((line) -> line.with(text, now));
		return false;
	}

	/**
	 * Calls the newest supplier if it was not called yet. A message that the worker sets
	 * meanwhile wins.
	 */
	void settle() {
		this.unmade = false;
		try {
			Line line = line();
			if (line.unmade() != null) {
				make(line, line.unmade(), this.time.now());
			}
		}
		catch (Throwable ex) {
			this.log.unspoken(ex);
		}
	}

	private void make(Line line, Supplier<String> unmade, long now) {
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

	/**
	 * Whether the newest message may have a supplier that was not called yet.
	 */
	boolean isUnmade() {
		return this.unmade;
	}

	/**
	 * Has the newest supplier called on another thread if it has waited for long enough.
	 * @param onMade runs on that thread afterwards
	 */
	void makeElsewhere(long now, Runnable onMade) {
		Line line = line();
		boolean waits = line.unmade() != null && !isPaused(line.offeredNanos(), now);
		if (waits && this.making.compareAndSet(false, true)) {
			boolean taken = false;
			try {
				taken = this.pool.offer(() -> make(onMade));
			}
			finally {
				if (!taken) {
					this.making.set(false);
				}
			}
		}
	}

	private void make(Runnable onMade) {
		settle();
		this.making.set(false);
		onMade.run();
	}

	private Line line() {
		return Objects.requireNonNull(this.line.get());
	}

	/** Whether the pause since a time is not over. A clock that was set back ends it. */
	private boolean isPaused(long nanos, long now) {
		long age = now - nanos;
		return age >= 0 && age < this.pause;
	}

	/**
	 * The last reports of the worker.
	 *
	 * @param text the newest text
	 * @param unmade the newest supplier, if it was not called; otherwise {@code null}
	 * @param offeredNanos the time at which that supplier came
	 * @param madeNanos the time of the last supplier call
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
