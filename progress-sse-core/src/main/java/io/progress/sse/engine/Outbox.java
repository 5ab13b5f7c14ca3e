package io.progress.sse.engine;

import java.time.Duration;
import java.time.Instant;
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
 * <li>{@link #offer} queues an event. It is called under the job's lock, so events keep
 * their order. Neighbouring ticks are merged, and a full queue drops events
 * ({@link PendingEvents}), but never the terminal one.</li>
 * <li>{@link #drain} makes a batch of the queued events and appends it. There is one open
 * batch at a time, and it does not change until the store has answered. Because the store
 * remembers (writer, sequence), a retry is harmless.</li>
 * <li>After an error the batch is sent again, without an end and with growing pauses. The
 * same happens if no answer comes in time ({@link #tick}); a late answer is then ignored.
 * The worker notices nothing of this.</li>
 * <li>The newest acknowledged events are kept. If the store has lost some (it answers
 * {@code MISSING}, or denies a beat), they are sent again.</li>
 * <li>If a step of this class fails for lack of memory, {@link #tick} sends the batch
 * again after a pause. No step may leave a batch or the loop in a half-finished
 * state.</li>
 * <li>A batch that the store rejects is sent without payload, then dropped, except for a
 * terminal event ({@link BatchSequencer#reject}).</li>
 * <li>{@code ENDED} and {@code FENCED} are final: this writer must not write the job any
 * more.</li>
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

	private long changedNanos;

	private long sentNanos;

	private final Backoff backoff = new Backoff(MIN_PAUSE, MAX_PAUSE);

	private boolean rejected;

	private boolean endStored;

	/** Publishes the current state of the job. */
	private volatile Runnable onDoubt = () -> {
	};

	/** The time at which {@link #tick} has something to do. */
	private volatile long dueNanos;

	/** Whether {@link #tick} has something to do now, which no clock needs to tell. */
	private volatile boolean stumbled;

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
	 * Completes when no event is left to be stored, with whether the terminal event was
	 * stored.
	 */
	CompletableFuture<Boolean> finished() {
		return this.finished;
	}

	/**
	 * Returns when the oldest event happened that the store has not taken yet.
	 * @return the time; {@code null} if the store has taken all of them
	 */
	@Nullable Instant oldest() {
		this.lock.lock();
		try {
			return this.outgoing.oldest();
		}
		finally {
			this.lock.unlock();
		}
	}

	void onAdmission(Consumer<AppendResult.Status> action) {
		var ignored = this.admission.thenAccept(action);
	}

	void onFinish(Consumer<Boolean> action) {
		var ignored = this.finished.thenAccept(action);
	}

	/**
	 * Sets the action for a beat that the store denies, because it has lost the job or
	 * marked it as lost.
	 */
	void onDoubt(Runnable action) {
		this.onDoubt = action;
	}

	boolean watched() {
		return this.watched;
	}

	/**
	 * Whether this job's events wait because the end of an earlier run under its id is
	 * not stored yet.
	 */
	boolean isBehind() {
		return this.behind && !this.admission.isDone();
	}

	/**
	 * Sends nothing until another outbox has finished. Must be called before the first
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
	 * Sends the queued events. If another thread is sending, this one only sets a flag;
	 * so an answer that arrives within the call does not cause recursion.
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
	 * Makes the next tick go on.
	 */
	private void stumbled(Throwable error) {
		this.stumbled = true;
		try {
			ForeignCode.report(error, this::complain);
		}
		catch (Throwable worse) {
			// There is not even memory for the log message.
		}
	}

	private void complain(Throwable error) {
		if (this.environment.load().grumble(this.environment.time().now())) {
			logger.warn("The store failed; events of a job '{}' wait and are sent again", this.job.name(), error);
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
			this.sentNanos = this.changedNanos;
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
			failed(answered, new IllegalStateException(
					"The store reports missing events for a batch that restores these events"));
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
			this.environment.load().answered(this.changedNanos - this.sentNanos);
		});
		if (result.status() != AppendResult.Status.MISSING) {
			this.admission.complete(result.status());
		}
	}

	private void completed(Try completed) {
		if (locked(() -> isUnsettled(completed))) {
			failed(completed, new IllegalStateException("The store did not answer in time"));
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
			logger.warn("The store rejected events of a job '{}'; they are sent again without data and result",
					this.job.name(), error);
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
	 * Repeats a batch whose answer does not come, and sends the beats of the worker's
	 * lease.
	 */
	void tick(long now) {
		if (!this.stumbled && now - this.dueNanos < 0) {
			return;
		}
		boolean silent = locked(() -> {
			boolean idle = this.state == State.IDLE;
			if (this.state != State.STOPPED) {
				become(State.IDLE, this.courier.beatNanos());
			}
			this.stumbled = false;
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
	 * Stops sending for good.
	 */
	void abandon() {
		this.finished.complete(locked(() -> {
			stop();
			return this.endStored;
		}));
	}

	/**
	 * Handles an answer, unless it has come too late.
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
		this.changedNanos = this.environment.time().now();
		this.dueNanos = this.changedNanos + dueIn;
		this.state = state;
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
