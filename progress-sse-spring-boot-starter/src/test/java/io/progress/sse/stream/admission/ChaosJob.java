package io.progress.sse.stream.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.WriterToken;

/**
 * A worker that reports in bursts, and what it reported: the number of an event is the
 * number in its id.
 */
final class ChaosJob implements Runnable {

	private final JobInfo info;

	private final ProgressEventStore store;

	private final int events;

	private final Random random;

	private final boolean[] milestones;

	private final AtomicLong watchedUpTo = new AtomicLong();

	private int ahead = 40;

	ChaosJob(JobId id, ProgressEventStore store, int events, long seed) {
		this.info = new JobInfo(id, "chaos", null, null, Instant.EPOCH);
		this.store = store;
		this.events = events;
		this.random = new Random(seed);
		this.milestones = new boolean[events + 1];
		for (int i = 1; i <= events; i++) {
			this.milestones[i] = i == 1 || i == events || this.random.nextInt(10) == 0;
		}
	}

	JobId id() {
		return this.info.id();
	}

	int events() {
		return this.events;
	}

	/**
	 * How many milestones there are between two events, these not counted.
	 */
	int milestonesBetween(long after, long before) {
		int count = 0;
		for (long i = after + 1; i < before; i++) {
			count += this.milestones[(int) i] ? 1 : 0;
		}
		return count;
	}

	@Override
	public void run() {
		WriterToken writer = WriterToken.of(System.currentTimeMillis() << 16);
		int next = 1;
		while (next <= this.events) {
			int size = Math.min(1 + this.random.nextInt(8), this.events - next + 1);
			List<ProgressEvent> batch = new ArrayList<>();
			for (int i = next; i < next + size; i++) {
				batch.add(event(i));
			}
			this.store
				.append(new EventBatch(this.info, writer, next, batch,
						(next == 1) ? AppendMode.CREATE : AppendMode.CONTINUE))
				.block(Duration.ofSeconds(10));
			next += size;
			dawdle(next);
		}
	}

	/**
	 * Mostly a worker that is watched goes no faster than its fastest viewer, but now and
	 * then it runs away from all of them.
	 */
	private void dawdle(int next) {
		boolean sprint = this.random.nextInt(100) == 0;
		this.ahead = sprint ? 400 : Math.max(40, this.ahead - 8);
		long deadline = System.nanoTime() + 50_000_000;
		while (next - this.watchedUpTo.get() > this.ahead && System.nanoTime() < deadline) {
			LockSupport.parkNanos(100_000);
		}
	}

	void watched(long number) {
		this.watchedUpTo.accumulateAndGet(number, Math::max);
	}

	private ProgressEvent event(int i) {
		JobState state = (i == this.events) ? JobState.DONE : JobState.RUNNING;
		ProgressEvent.Builder event = ProgressEvent.builder(this.info, state, Instant.EPOCH)
			.progress(new Progress(null, (long) i, null, null, null, null));
		if (state == JobState.RUNNING) {
			event.kind(this.milestones[i] ? EventKind.MILESTONE : EventKind.TICK);
		}
		return event.build();
	}

}
