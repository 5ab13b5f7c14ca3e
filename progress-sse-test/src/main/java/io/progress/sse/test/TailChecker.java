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
 * have dropped are not a gap, if the checker knows which events are ticks. A cancelled
 * tail may be resumed with another one, from {@link #position()}, with the same checker.
 * Signals must come one at a time.
 */
public final class TailChecker {

	private final List<StoredEvent> events = new ArrayList<>();

	private final List<String> violations = new ArrayList<>();

	private @Nullable EventId position;

	private int resets;

	private boolean ended;

	private volatile boolean complete;

	private final LongPredicate mayMiss;

	/** Creates a checker that expects every event. */
	public TailChecker() {
		this((n) -> false);
	}

	/**
	 * Creates a checker that allows missing ticks.
	 * @param mayMiss whether the event with a number is a tick, which may be missing
	 */
	public TailChecker(LongPredicate mayMiss) {
		this.mayMiss = mayMiss;
	}

	/**
	 * Checks a signal of the tail.
	 * @param signal the next signal
	 */
	public void accept(TailSignal signal) {
		if (this.complete) {
			this.violations.add("No signal may follow completion, but there is " + signal);
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
					"The newest event when caught up must be the position " + this.position + ", but is " + caughtUp);
		}
	}

	/** Checks the tail's completion. */
	public void complete() {
		check(this.ended, "Completion must follow the terminal event, but follows " + this.position);
		check(!this.complete, "Completion must come once, but came again");
		this.complete = true;
	}

	/**
	 * Records a failure of the tail as a violation.
	 * @param error the failure
	 */
	public void fail(Throwable error) {
		this.violations.add("A tail must not fail, but failed with " + error);
	}

	/**
	 * Returns the violations so far.
	 * @return empty if there are none
	 */
	public List<String> violations() {
		return List.copyOf(this.violations);
	}

	/**
	 * Returns the signalled events.
	 * @return the events in order, without those lost before a reset
	 */
	public List<StoredEvent> events() {
		return List.copyOf(this.events);
	}

	/**
	 * Returns the position at which a resumed tail starts.
	 * @return id of the newest event; {@code null} before the first
	 */
	public @Nullable EventId position() {
		return this.position;
	}

	/**
	 * Returns how often the position was lost.
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
				"The event after " + last + " must be the next, but is " + id);
		check(!this.ended, "No event may follow the terminal event, but there is " + id);
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
