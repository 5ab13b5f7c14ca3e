package io.progress.sse.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The message of a job. If the worker does not call the newest supplier, because a long
 * step may have begun, another thread does. A supplier that throws is only logged.
 */
final class JobMessage {

	private static final int TEXTS_PER_TICK = 8;

	private final LatestMessage latest;

	private final EngineTime time;

	private final MessagePool pool;

	private final JobLog log;

	/** Whether another thread calls the newest supplier. */
	private final AtomicBoolean making = new AtomicBoolean();

	private volatile boolean unmade;

	JobMessage(JobEnvironment environment, JobLog log) {
		this.time = environment.time();
		this.pool = environment.messages();
		this.log = log;
		this.latest = new LatestMessage(this.time.now(), environment.tickNanos() / TEXTS_PER_TICK);
	}

	@Nullable String text() {
		return this.latest.text();
	}

	void set(String text) {
		this.latest.set(text);
	}

	/**
	 * Takes a supplier of the newest message.
	 * @return whether it was called now
	 */
	boolean offer(Supplier<String> text) {
		try {
			boolean made = this.latest.offer(text, this.time.now());
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

	/**
	 * Calls the newest supplier if it was not called yet.
	 */
	void settle() {
		this.unmade = false;
		try {
			this.latest.settle(this.time.now());
		}
		catch (Throwable ex) {
			this.log.unspoken(ex);
		}
	}

	void clear() {
		this.latest.clear();
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
		if (this.latest.waits(now) && this.making.compareAndSet(false, true)) {
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

}
