package io.progress.sse.tail;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;

/**
 * The position of a tail in the events of its job. For one thread at a time.
 */
final class TailPosition {

	private static final long NEVER = -1;

	private @Nullable EventId id;

	private @Nullable ProgressEvent event;

	private long aheadSince = NEVER;

	TailPosition(@Nullable EventId after) {
		this.id = after;
	}

	/** The last event that was signalled; {@code null} at the beginning of the job. */
	@Nullable EventId id() {
		return this.id;
	}

	/** The event at the position; {@code null} if the position was given as a cursor. */
	@Nullable ProgressEvent event() {
		return this.event;
	}

	void moveTo(StoredEvent event) {
		this.id = event.id();
		this.event = event.event();
	}

	/** Moves to the newest event of the store. */
	void catchUp(StoredEvent latest) {
		moveTo(latest);
		this.aheadSince = NEVER;
	}

	boolean isAt(EventId id) {
		return id.equals(this.id);
	}

	boolean isFollowedBy(StoreNotice.Live live) {
		EventId next = live.event().id();
		EventId last = this.id;
		return (last != null) ? next.n() == last.n() + 1 && last.equals(live.previous())
				: next.n() == 1 && live.previous() == null;
	}

	boolean isNotBefore(EventId id) {
		EventId last = this.id;
		return last != null && id.n() <= last.n() && id.ms() <= last.ms();
	}

	/**
	 * Returns for how long the position has been newer than all stored events.
	 * @param now the time in milliseconds
	 * @return 0 at the first call since the position was last found in the store
	 */
	long aheadFor(long now) {
		if (this.aheadSince == NEVER) {
			this.aheadSince = now;
		}
		return now - this.aheadSince;
	}

}
