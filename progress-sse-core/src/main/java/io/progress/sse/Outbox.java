package io.progress.sse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.WriterToken;

/**
 * Carries the events of one job to the store.
 *
 * <ol>
 * <li>{@link #offer} queues an event, under the job's lock, so in order. A queue that is
 * getting full conflates ({@link PendingEvents}); the terminal event is always
 * taken.</li>
 * <li>{@link #drain} freezes what is queued into a batch and appends it. One batch is
 * under way at a time, and it stays the same until the store has answered for it: that,
 * and the store's memory of (writer, sequence), makes a retry harmless.</li>
 * <li>An error is retried with growing pauses, for as long as it takes. The worker
 * notices none of it.</li>
 * <li>The newest acknowledged events are kept. A store that answers {@code MISSING} has
 * lost some, and gets them again.</li>
 * <li>{@code ENDED} and {@code FENCED} are final: the job is no longer ours to
 * write.</li>
 * </ol>
 */
final class Outbox {

	private static final Logger logger = LoggerFactory.getLogger(Outbox.class);

	private static final int MAX_BATCH = 32;

	private static final Duration MIN_PAUSE = Duration.ofMillis(50);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicInteger wakeUps = new AtomicInteger();

	private final CompletableFuture<AppendResult.Status> admission = new CompletableFuture<>();

	private final CompletableFuture<Void> finished = new CompletableFuture<>();

	private final JobInfo job;

	private final Engine engine;

	private final WriterToken writer;

	private final PendingEvents pending;

	private final SentEvents sent = new SentEvents();

	private final AppendMode creation;

	private @Nullable EventBatch underWay;

	private long sequence;

	private Duration pause = MIN_PAUSE;

	private boolean waiting;

	private boolean stopped;

	private volatile boolean watched = true;

	Outbox(JobInfo job, Engine engine, WriterToken writer, AppendMode creation) {
		this.job = job;
		this.engine = engine;
		this.writer = writer;
		this.creation = creation;
		this.pending = new PendingEvents(engine.outboxCapacity(), engine.load());
	}

	/**
	 * Completes when the store has answered for the first batch.
	 */
	CompletableFuture<AppendResult.Status> admission() {
		return this.admission;
	}

	/**
	 * Completes when nothing is left to be stored.
	 */
	CompletableFuture<Void> finished() {
		return this.finished;
	}

	void onAdmission(Consumer<AppendResult.Status> action) {
		var ignored = this.admission.thenAccept(action);
	}

	void onFinish(Runnable action) {
		var ignored = this.finished.thenRun(action);
	}

	boolean watched() {
		return this.watched;
	}

	void offer(ProgressEvent event) {
		this.lock.lock();
		try {
			if (!this.stopped) {
				this.pending.add(event);
			}
		}
		finally {
			this.lock.unlock();
		}
		this.engine.tell((listener) -> listener.reported(event));
	}

	/**
	 * Sends what is queued. Whoever comes while another thread is at it only leaves word,
	 * so an answer that arrives within the call does not nest.
	 */
	void drain() {
		if (this.wakeUps.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			EventBatch batch = next();
			if (batch != null) {
				send(batch);
			}
			seen = this.wakeUps.addAndGet(-seen);
		}
		while (seen != 0);
	}

	private @Nullable EventBatch next() {
		this.lock.lock();
		try {
			if (this.waiting || this.stopped) {
				return null;
			}
			if (this.underWay == null) {
				List<ProgressEvent> events = this.pending.take(MAX_BATCH);
				if (events.isEmpty()) {
					return null;
				}
				AppendMode mode = (this.sequence == 0) ? this.creation : AppendMode.CONTINUE;
				this.underWay = new EventBatch(this.job, this.writer, this.sequence + 1, events, mode);
				this.sequence += events.size();
			}
			this.waiting = true;
			return this.underWay;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void send(EventBatch batch) {
		try {
			this.engine.store().append(batch).subscribe((result) -> answered(batch, result), this::failed, () -> {
			});
		}
		catch (RuntimeException ex) {
			failed(ex);
		}
	}

	private void answered(EventBatch batch, AppendResult result) {
		this.lock.lock();
		try {
			this.waiting = false;
			this.pause = MIN_PAUSE;
			this.watched = result.watched();
			switch (result.status()) {
				case STORED -> stored(batch);
				case MISSING -> this.underWay = restoring(batch, result.knownSequence());
				case ENDED, FENCED -> stop();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (result.status() != AppendResult.Status.MISSING) {
			this.admission.complete(result.status());
		}
		if (this.finishing()) {
			this.finished.complete(null);
		}
		drain();
	}

	private void stored(EventBatch batch) {
		this.sent.add(batch);
		this.underWay = null;
		if (batch.events().get(batch.events().size() - 1).isTerminal()) {
			stop();
		}
	}

	private void stop() {
		this.stopped = true;
		this.underWay = null;
		this.pending.clear();
	}

	private boolean finishing() {
		this.lock.lock();
		try {
			return this.stopped;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The batch, with the events before it that the store has forgotten.
	 */
	private EventBatch restoring(EventBatch batch, long known) {
		List<ProgressEvent> events = new ArrayList<>(this.sent.after(known, batch.firstSequence()));
		long first = batch.firstSequence() - events.size();
		events.addAll(batch.events());
		return new EventBatch(this.job, this.writer, first, events, AppendMode.RESTORE);
	}

	private void failed(Throwable error) {
		long nanos;
		this.lock.lock();
		try {
			nanos = this.pause.toNanos();
			this.pause = (this.pause.compareTo(MAX_PAUSE) < 0) ? this.pause.multipliedBy(2) : MAX_PAUSE;
		}
		finally {
			this.lock.unlock();
		}
		if (this.engine.load().grumble(this.engine.nanos().getAsLong())) {
			logger.warn("Events of job '{}' wait for the store, which failed", this.job.id(), error);
		}
		long jitter = ThreadLocalRandom.current().nextLong(nanos / 2 + 1);
		try {
			this.engine.scheduler().schedule(this::again, nanos / 2 + jitter, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			abandon();
		}
	}

	private void again() {
		this.lock.lock();
		try {
			this.waiting = false;
		}
		finally {
			this.lock.unlock();
		}
		drain();
	}

	/**
	 * Gives up.
	 */
	void abandon() {
		this.lock.lock();
		try {
			stop();
		}
		finally {
			this.lock.unlock();
		}
		this.finished.complete(null);
	}

}
