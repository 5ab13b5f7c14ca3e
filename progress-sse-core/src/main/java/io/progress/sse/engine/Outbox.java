package io.progress.sse.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventRejectedException;
import io.progress.sse.store.StoreFullException;
import io.progress.sse.store.WriterToken;
import io.progress.sse.support.Backoff;
import io.progress.sse.support.ForeignCode;

/**
 * Carries the events of one job to the store.
 *
 * <ol>
 * <li>{@link #offer} queues an event, under the job's lock, so in order. A queue that is
 * full conflates ({@link PendingEvents}); the terminal event is always taken.</li>
 * <li>{@link #drain} freezes what is queued into a batch and appends it. One batch is
 * under way at a time, and it stays the same until the store has answered for it: that,
 * and the store's memory of (writer, sequence), makes a retry harmless.</li>
 * <li>An error is retried with growing pauses, for as long as it takes, and so is an
 * answer that does not come ({@link #tick}); one that comes after that is not listened
 * to. The worker notices none of it.</li>
 * <li>The newest acknowledged events are kept. A store that has lost some, which it says
 * by {@code MISSING} or to a beat, gets them again.</li>
 * <li>What our own steps throw, for lack of memory, costs a pause: {@link #tick} takes
 * the batch up again. No step may leave a batch or the loop half-way.</li>
 * <li>A batch that the store will never take goes without payload, then not at all,
 * except for a terminal event in it ({@link BatchSequencer#reject}).</li>
 * <li>{@code ENDED} and {@code FENCED} are final: the job is no longer ours to
 * write.</li>
 * </ol>
 */
final class Outbox {

	private static final Logger logger = LoggerFactory.getLogger(Outbox.class);

	private static final Duration MIN_PAUSE = Duration.ofMillis(50);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

	private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

	private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicInteger wakeUps = new AtomicInteger();

	private final CompletableFuture<AppendResult.Status> admission = new CompletableFuture<>();

	private final CompletableFuture<Boolean> finished = new CompletableFuture<>();

	private final JobInfo job;

	private final OutboxEnvironment environment;

	private final StoreWriter courier;

	private final BatchSequencer outgoing;

	private State state = State.IDLE;

	private long tries;

	private final Backoff backoff = new Backoff(MIN_PAUSE, MAX_PAUSE);

	private boolean rejected;

	private boolean endStored;

	/** Says where the job stands. */
	private volatile Runnable onDoubt = () -> {
	};

	/** When {@link #tick} has something to do. */
	private volatile long dueNanos;

	private volatile boolean watched = true;

	private volatile boolean behind;

	Outbox(JobInfo job, OutboxEnvironment environment, WriterToken writer, AppendMode creation) {
		this.job = job;
		this.environment = environment;
		this.courier = new StoreWriter(environment.store(), job, writer);
		this.outgoing = new BatchSequencer(job, writer, creation, environment.capacity(), environment.load());
		become(State.IDLE, NEVER_NANOS);
	}

	/**
	 * Completes when the store has answered for the first batch; with its exception if it
	 * is full.
	 */
	CompletableFuture<AppendResult.Status> admission() {
		return this.admission;
	}

	/**
	 * Completes when nothing is left to be stored, with whether the end was.
	 */
	CompletableFuture<Boolean> finished() {
		return this.finished;
	}

	void onAdmission(Consumer<AppendResult.Status> action) {
		var ignored = this.admission.thenAccept(action);
	}

	void onFinish(Consumer<Boolean> action) {
		var ignored = this.finished.thenAccept(action);
	}

	/**
	 * What to do when a beat finds that the store does not know where the job stands: it
	 * has forgotten it, or it was called lost.
	 */
	void onDoubt(Runnable action) {
		this.onDoubt = action;
	}

	boolean watched() {
		return this.watched;
	}

	/**
	 * Whether the store has not yet been told of the job because the end of an earlier
	 * run under its id is still on its way there.
	 */
	boolean isBehind() {
		return this.behind && !this.admission.isDone();
	}

	/**
	 * Sends nothing until another outbox has finished. To be called before the first
	 * event.
	 */
	void goBehind(Outbox other) {
		this.behind = true;
		locked(() -> {
			become(State.PAUSING, NEVER_NANOS);
			return true;
		});
		var ignored = other.finished.thenRunAsync(this::again, Schedulers.parallel()::schedule);
	}

	void offer(ProgressEvent event) {
		this.lock.lock();
		try {
			if (this.state != State.STOPPED) {
				this.outgoing.add(event);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Sends what is queued. A thread that comes while another one sends only leaves a
	 * mark, so an answer that arrives within the call does not nest.
	 */
	void drain() {
		if (this.wakeUps.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			sendNext();
			seen = this.wakeUps.addAndGet(-seen);
		}
		while (seen != 0);
	}

	private void sendNext() {
		try {
			Try next = next();
			if (next != null) {
				send(next);
			}
		}
		catch (Throwable ex) {
			stumbled(ex);
		}
	}

	/**
	 * Has the next tick go on.
	 */
	private void stumbled(Throwable error) {
		this.dueNanos = this.environment.time().now();
		try {
			ForeignCode.report(error, this::complain);
		}
		catch (Throwable worse) {
			// There is not even memory to say so.
		}
	}

	private void complain(Throwable error) {
		if (this.environment.load().grumble(this.environment.time().now())) {
			logger.warn("Events of a job '{}' wait for the store, which failed", this.job.name(), error);
		}
	}

	private @Nullable Try next() {
		this.lock.lock();
		try {
			if (this.state != State.IDLE) {
				return null;
			}
			boolean fresh = !this.outgoing.isUnderWay();
			EventBatch batch = this.outgoing.next();
			if (batch == null) {
				return null;
			}
			this.tries++;
			become(State.WAITING, PATIENCE_NANOS);
			return new Try(batch, this.tries, fresh);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void send(Try next) {
		if (next.fresh()) {
			next.batch()
				.events()
				.forEach((event) -> this.environment.listeners().tell((listener) -> listener.reported(event)));
		}
		try {
			this.courier.append(next.batch())
				.subscribe((result) -> answered(next, result), (error) -> failed(next, error), () -> completed(next));
		}
		catch (Throwable ex) {
			failed(next, ex);
		}
	}

	private void answered(Try answered, AppendResult result) {
		EventBatch batch = answered.batch();
		if (result.status() == AppendResult.Status.MISSING && batch.mode() == AppendMode.RESTORE) {
			failed(answered, new IllegalStateException("The store misses events of a batch that restores them"));
			return;
		}
		settle(answered, () -> {
			this.backoff.reset();
			this.watched = result.watched();
			switch (result.status()) {
				case STORED -> {
					if (this.outgoing.stored(batch)) {
						this.endStored = true;
						ForeignCode.run(() -> this.environment.repair().add(this.outgoing.lastWords()), this::complain);
						stop();
					}
				}
				case MISSING -> this.outgoing.restore(batch, result.knownSequence());
				case ENDED, FENCED -> stop();
			}
			if (this.state != State.STOPPED) {
				become(State.IDLE, this.courier.beatNanos());
			}
		});
		if (result.status() != AppendResult.Status.MISSING) {
			this.admission.complete(result.status());
		}
	}

	private void completed(Try completed) {
		if (locked(() -> isUnsettled(completed))) {
			failed(completed, new IllegalStateException("The store gave no answer"));
		}
	}

	private void failed(Try failed, Throwable error) {
		if (error instanceof StoreFullException) {
			this.admission.completeExceptionally(error);
		}
		settle(failed, () -> {
			if (error instanceof EventRejectedException) {
				reject(failed.batch(), error);
			}
			else {
				pause(error);
			}
		});
	}

	private void reject(EventBatch batch, Throwable error) {
		if (!this.rejected) {
			this.rejected = true;
			logger.warn("Events of a job '{}' go without data and result: the store rejects them", this.job.name(),
					error);
		}
		become(State.IDLE, this.courier.beatNanos());
		if (this.outgoing.reject(batch)) {
			stop();
		}
	}

	private void pause(Throwable error) {
		ForeignCode.report(error, this::complain);
		long nanos = this.backoff.nextNanos();
		become(State.PAUSING, nanos + PATIENCE_NANOS);
		try {
			this.environment.scheduler().schedule(this::again, nanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			stop();
		}
	}

	private void again() {
		locked(() -> {
			if (this.state == State.PAUSING) {
				become(State.IDLE, this.courier.beatNanos());
			}
			return true;
		});
		drain();
	}

	/**
	 * Looks after what does not move by itself: an answer that does not come, and a store
	 * that wants to hear that the worker is alive.
	 */
	void tick(long now) {
		if (now - this.dueNanos < 0) {
			return;
		}
		boolean silent = locked(() -> {
			boolean idle = this.state == State.IDLE;
			if (this.state != State.STOPPED) {
				become(State.IDLE, this.courier.beatNanos());
			}
			return idle;
		});
		if (silent) {
			ForeignCode.run(() -> this.courier.beat(this::restore), this::complain);
		}
		drain();
	}

	private void restore() {
		locked(() -> {
			if (this.state == State.IDLE) {
				this.outgoing.restore();
			}
			return true;
		});
		drain();
		this.onDoubt.run();
	}

	/**
	 * Gives up.
	 */
	void abandon() {
		this.finished.complete(locked(() -> {
			stop();
			return this.endStored;
		}));
	}

	/**
	 * Does what an answer calls for, unless it has come too late.
	 */
	private void settle(Try settled, Runnable action) {
		try {
			boolean over = locked(() -> {
				if (isUnsettled(settled)) {
					action.run();
				}
				return this.state == State.STOPPED;
			});
			if (over) {
				this.finished.complete(this.endStored);
			}
			else {
				drain();
			}
		}
		catch (Throwable ex) {
			stumbled(ex);
		}
	}

	private boolean isUnsettled(Try tried) {
		return this.state == State.WAITING && tried.number() == this.tries;
	}

	private void stop() {
		become(State.STOPPED, NEVER_NANOS);
		this.outgoing.clear();
	}

	private void become(State state, long dueIn) {
		this.state = state;
		this.dueNanos = this.environment.time().now() + dueIn;
	}

	private boolean locked(BooleanSupplier action) {
		this.lock.lock();
		try {
			return action.getAsBoolean();
		}
		finally {
			this.lock.unlock();
		}
	}

	private enum State {

		IDLE, WAITING, PAUSING, STOPPED

	}

	/**
	 * A batch on its way.
	 *
	 * @param batch the batch
	 * @param number tells it from other tries
	 * @param fresh whether these events were not tried before
	 */
	private record Try(EventBatch batch, long number, boolean fresh) {

	}

}
