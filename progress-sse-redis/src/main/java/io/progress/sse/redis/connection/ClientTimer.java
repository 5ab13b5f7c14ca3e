package io.progress.sse.redis.connection;

import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;

/**
 * The application's timer, on which nothing of ours runs once {@link #drop} was called.
 * Lettuce does not cancel the timeout of a connection that was refused: two seconds later
 * it would meet threads that have ended, which is logged as an error.
 */
final class ClientTimer implements Timer {

	private final Timer original;

	private boolean stopped;

	/** Counts starts and stops: a task belongs to the span in which it was made. */
	private volatile int span;

	ClientTimer(Timer original) {
		this.original = original;
	}

	@Override
	public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
		int made = this.span;
		return this.original.newTimeout((timeout) -> run(task, timeout, made), delay, unit);
	}

	private synchronized void run(TimerTask task, Timeout timeout, int made) throws Exception {
		if (!this.stopped && made == this.span) {
			task.run(timeout);
		}
	}

	/** Runs tasks again, but none that was made before. */
	void start() {
		become(false);
	}

	/** Drops all tasks, those to come included, and waits for the one under way. */
	void drop() {
		become(true);
	}

	private synchronized void become(boolean stopped) {
		this.stopped = stopped;
		this.span = this.span + 1;
	}

	/** Does nothing: the timer belongs to the application. */
	@Override
	public Set<Timeout> stop() {
		return Set.of();
	}

}
