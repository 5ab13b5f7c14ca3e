package io.progress.sse.redis;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;

/**
 * A timer on which a test decides when everything is due.
 */
final class HeldTimer implements Timer {

	private final Queue<Held> held = new ConcurrentLinkedQueue<>();

	@Override
	public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
		Held timeout = new Held(this, task);
		this.held.add(timeout);
		return timeout;
	}

	@Override
	public Set<Timeout> stop() {
		return Set.of();
	}

	/** Number of tasks that are neither done nor cancelled. */
	long held() {
		return this.held.stream().filter((each) -> !each.isCancelled()).count();
	}

	void runAll() throws Exception {
		Held next = this.held.poll();
		while (next != null) {
			if (!next.isCancelled()) {
				next.task().run(next);
			}
			next = this.held.poll();
		}
	}

	private static final class Held implements Timeout {

		private final Timer timer;

		private final TimerTask task;

		private volatile boolean cancelled;

		private Held(Timer timer, TimerTask task) {
			this.timer = timer;
			this.task = task;
		}

		@Override
		public Timer timer() {
			return this.timer;
		}

		@Override
		public TimerTask task() {
			return this.task;
		}

		@Override
		public boolean isExpired() {
			return false;
		}

		@Override
		public boolean isCancelled() {
			return this.cancelled;
		}

		@Override
		public boolean cancel() {
			this.cancelled = true;
			return true;
		}

	}

}
