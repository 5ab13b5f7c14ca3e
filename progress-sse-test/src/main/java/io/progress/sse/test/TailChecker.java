package io.progress.sse.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.tail.TailSignal;

/**
 * Checks the signals of a tail about one job and records violations: a gap, a duplicate,
 * an event out of order, or any event after the terminal one. Ticks that the store may
 * have dropped are no gap, if the checker is told which events are ticks. A tail that was
 * cancelled may be resumed with another one, from {@link #position()}, on the same
 * checker. Signals come one at a time.
 */
public final class TailChecker {

	private final List<StoredEvent> events = new ArrayList<>();

	private final List<String> violations = new ArrayList<>();

	private @Nullable EventId position;

	private int resets;

	private boolean ended;

	private volatile boolean complete;

	private final LongPredicate mayMiss;

	/** Creates a checker that has seen nothing, and is to see every event. */
	public TailChecker() {
		this((n) -> false);
	}

	/**
	 * Creates a checker that has seen nothing.
	 * @param mayMiss whether the event of a number is a tick, which may be missing
	 */
	public TailChecker(LongPredicate mayMiss) {
		this.mayMiss = mayMiss;
	}

	/**
	 * Takes what the tail says.
	 * @param signal the next signal
	 */
	public void accept(TailSignal signal) {
		if (this.complete) {
			this.violations.add("Nothing may follow completion, but there is " + signal);
		}
		if (signal instanceof TailSignal.Next next) {
			acceptNext(next.event());
		}
		else if (signal instanceof TailSignal.Reset reset) {
			acceptReset(reset.page());
		}
		else if (signal instanceof TailSignal.Restored restored) {
			this.position = restored.event().id();
		}
		else if (signal instanceof TailSignal.CaughtUp caughtUp) {
			check(caughtUp.page().latest().id().equals(this.position),
					"What was caught up with must be the position " + this.position + ", but is " + caughtUp);
		}
	}

	/** Takes the tail's completion. */
	public void complete() {
		check(this.ended, "Completion must follow the terminal event, but follows " + this.position);
		check(!this.complete, "Completion must come once, but came again");
		this.complete = true;
	}

	/**
	 * The tail must not fail.
	 * @param error why it did
	 */
	public void fail(Throwable error) {
		this.violations.add("A tail must not fail, but did with " + error);
	}

	/**
	 * The violations so far.
	 * @return empty if nothing did
	 */
	public List<String> violations() {
		return List.copyOf(this.violations);
	}

	/**
	 * The events that were signalled.
	 * @return the events in order, without those lost before a reset
	 */
	public List<StoredEvent> events() {
		return List.copyOf(this.events);
	}

	/**
	 * The position at which a resumed tail starts.
	 * @return id of the newest event; {@code null} before the first
	 */
	public @Nullable EventId position() {
		return this.position;
	}

	/**
	 * The number of times that the position was lost.
	 * @return the number of resets
	 */
	public int resets() {
		return this.resets;
	}

	/**
	 * Whether the tail has completed. May be asked by any thread, which then sees all the
	 * rest.
	 * @return {@code true} if so
	 */
	public boolean isComplete() {
		return this.complete;
	}

	private void acceptNext(StoredEvent event) {
		EventId id = event.id();
		EventId last = this.position;
		check(last == null || (isNext(last.n(), id.n()) && id.ms() >= last.ms()),
				"The event behind " + last + " must be the next, but is " + id);
		check(!this.ended, "Nothing may follow the terminal event, but there is " + id);
		this.position = id;
		this.events.add(event);
		this.ended = event.event().isTerminal();
	}

	private boolean isNext(long last, long n) {
		return n > last && LongStream.range(last + 1, n).allMatch(this.mayMiss);
	}

	private void acceptReset(EventPage page) {
		check(page.stale() && !page.latest().id().equals(this.position),
				"A reset must lead to another position than " + this.position + ", but there is " + page);
		this.resets++;
		this.position = page.latest().id();
		this.ended = page.ended();
	}

	private void check(boolean good, String violation) {
		if (!good) {
			this.violations.add(violation);
		}
	}

}
