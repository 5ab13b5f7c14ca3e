package io.progress.sse.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;

/**
 * Publishes the events of a job. They are built and passed to the outbox under the job's
 * lock, so that they keep the order in which things happened. It is a
 * {@code ReentrantLock}: a monitor would pin virtual threads. Under it only the outbox's
 * queue is called; the store is called after it is released.
 */
final class JobPublisher {

	private final ReentrantLock lock = new ReentrantLock();

	private final JobStatus status;

	private final JobEnvironment environment;

	private final Outbox outbox;

	private final JobLog log;

	/** The ending of the job; the first one that is set wins. */
	private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

	/** Whether the terminal event was passed to the outbox. */
	private volatile boolean endPublished;

	/**
	 * Whether there is something to publish besides the counters. Set by any thread;
	 * cleared under the lock, before the values are read.
	 */
	private volatile boolean dirty;

	/** Whether the store had the chance to tell that the numbers have a viewer. */
	private boolean ticked;

	JobPublisher(JobStatus status, JobEnvironment environment, Outbox outbox, JobLog log) {
		this.status = status;
		this.environment = environment;
		this.outbox = outbox;
		this.log = log;
		outbox.onDoubt(this::publishAgain);
	}

	boolean live() {
		return this.ending.get() == null;
	}

	/**
	 * Says that there is something to publish besides the counters.
	 */
	void raise() {
		this.dirty = true;
	}

	/**
	 * Never clears the flag, because another thread may be setting it.
	 */
	void raiseIf(boolean changed) {
		if (changed) {
			this.dirty = true;
		}
	}

	/**
	 * Tells the store that the job exists.
	 */
	void publishFirst() {
		this.lock.lock();
		try {
			publish(EventKind.MILESTONE, null);
		}
		finally {
			this.lock.unlock();
		}
		this.outbox.drain();
	}

	/**
	 * Makes a change that the next tick publishes.
	 */
	void change(Runnable change) {
		this.lock.lock();
		try {
			if (live()) {
				change.run();
				this.dirty = true;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Publishes a change at once. Never throws into the work: if the clock fails or
	 * memory is exhausted, the ticker publishes the change later; only a note is lost.
	 * @param change makes the change, and returns whether to publish it
	 * @return whether it was published
	 */
	boolean milestone(@Nullable Note note, BooleanSupplier change) {
		boolean published = false;
		this.lock.lock();
		try {
			if (!live() || !change.getAsBoolean()) {
				return false;
			}
			if (this.status.state() == JobState.QUEUED) {
				this.status.run();
			}
			else {
				this.status.sample(now(), true);
			}
			publish(EventKind.MILESTONE, note);
			published = true;
		}
		catch (Throwable ex) {
			this.dirty = true;
			this.log.untold(ex);
		}
		finally {
			this.lock.unlock();
		}
		this.outbox.drain();
		return published;
	}

	/**
	 * Publishes the changes since the last event.
	 */
	void publishNews(long now) {
		if (this.dirty || this.status.sampler().mayHaveNews(now)) {
			boolean published;
			this.lock.lock();
			try {
				published = live() && publishChange(now);
			}
			finally {
				this.lock.unlock();
			}
			if (published) {
				this.outbox.drain();
			}
		}
	}

	private boolean publishChange(long now) {
		ProgressSampler sampler = this.status.sampler();
		boolean changed = this.dirty || sampler.moved();
		if (this.status.state() == JobState.QUEUED) {
			if (changed) {
				this.status.run();
				publish(EventKind.MILESTONE, null);
			}
			return changed;
		}
		this.status.sample(now, this.dirty);
		boolean due = !this.ticked || this.outbox.watched() || sampler.due(now, this.environment.unwatchedNanos());
		if (!due || !(changed || sampler.stalledOtherwise())) {
			return false;
		}
		publish(EventKind.TICK, null);
		this.ticked = true;
		return true;
	}

	/**
	 * Publishes the current state although nothing has changed.
	 */
	private void publishAgain() {
		this.lock.lock();
		try {
			if (!live()) {
				return;
			}
			if (this.status.state() == JobState.RUNNING) {
				this.status.sample(now(), this.dirty);
			}
			publish(EventKind.TICK, null);
		}
		finally {
			this.lock.unlock();
		}
		this.outbox.drain();
	}

	/**
	 * Ends the job unless it has ended. Nothing is published yet.
	 */
	void end(Ending ending) {
		this.ending.compareAndSet(null, ending);
	}

	/**
	 * Returns what the work threw at its end.
	 * @return the exception; {@code null} if there is none
	 */
	@Nullable Throwable cause() {
		Ending ending = this.ending.get();
		return (ending != null) ? ending.cause() : null;
	}

	/**
	 * Passes the terminal event to the outbox, which does not send it yet.
	 * @return the terminal event; {@code null} if the job has not ended, or if that was
	 * done before
	 */
	@Nullable ProgressEvent publishEnd() {
		Ending ending = this.ending.get();
		if (ending == null || this.endPublished) {
			return null;
		}
		this.lock.lock();
		try {
			if (this.endPublished) {
				return null;
			}
			this.status.finish(ending.state());
			ProgressEvent terminal = publish(() -> this.status.event(ending));
			this.endPublished = true;
			return terminal;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends the job without an event.
	 * @return {@code false} if it had ended
	 */
	boolean discard() {
		this.lock.lock();
		try {
			if (!this.ending.compareAndSet(null, Ending.FAILED)) {
				return false;
			}
			this.endPublished = true;
			this.status.finish(JobState.FAILED);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void publish(EventKind kind, @Nullable Note note) {
		publish(() -> this.status.event(kind, note));
	}

	/**
	 * Passes an event to the outbox. If that fails, the next tick publishes the change.
	 */
	private ProgressEvent publish(Supplier<ProgressEvent> source) {
		this.dirty = false;
		try {
			ProgressEvent event = source.get();
			this.outbox.offer(event);
			return event;
		}
		catch (Throwable ex) {
			this.dirty = true;
			throw ex;
		}
	}

	private long now() {
		return this.environment.time().now();
	}

}
