package io.progress.sse.stream.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.StreamSettings;

/**
 * The newest events of one job, numbered from 0 without a gap. Safe for use by many
 * threads; its lock is held only for a few instructions.
 * <ol>
 * <li>Events become entries of a ring that is bounded by count and by bytes of
 * frames.</li>
 * <li>A milestone that leaves the ring moves to a second queue, within the same bounds,
 * so that a viewer that is behind the ring misses ticks only.</li>
 * <li>When the position in the job is lost, all entries are dropped, and the newest event
 * replaces the missing ones.</li>
 * </ol>
 */
final class FeedWindow {

	/** There is no such entry. */
	static final long NOWHERE = -1;

	private static final int FIRST_LENGTH = 8;

	private final StreamSettings.Window settings;

	private final Deque<FeedEntry> milestones = new ArrayDeque<>(0);

	private final AtomicLong bytes = new AtomicLong();

	private FeedEntry[] ring;

	private long first;

	private long end;

	/** From this number on all milestones are in the window. */
	private long milestonesFrom;

	private @Nullable FeedEntry reset;

	FeedWindow(StreamSettings.Window settings) {
		this.settings = settings;
		this.ring = new FeedEntry[Math.min(FIRST_LENGTH, settings.events())];
	}

	/**
	 * Returns the number of the next entry.
	 */
	synchronized long end() {
		return this.end;
	}

	/**
	 * Returns the id of the newest event.
	 */
	synchronized @Nullable EventId newest() {
		return (this.end > this.first) ? at(this.end - 1).id() : null;
	}

	/**
	 * Returns the number of the entry after an event.
	 * @param after the event; {@code null} for the beginning
	 * @return the number, or {@link #NOWHERE}
	 */
	synchronized long place(@Nullable EventId after) {
		if (after == null) {
			return (this.first == 0 && this.reset == null) ? 0 : NOWHERE;
		}
		for (long i = this.end - 1; i >= this.first; i--) {
			if (at(i).id().equals(after)) {
				return i + 1;
			}
		}
		for (FeedEntry each : this.milestones) {
			if (each.id().equals(after)) {
				return each.sequence() + 1;
			}
		}
		return NOWHERE;
	}

	/**
	 * Copies entries in order.
	 * @param next number of the first
	 * @param limit how many at most
	 * @param conflate whether a long sequence may be reduced to milestones and the newest
	 * event
	 * @param into gets the entries
	 * @return {@code false} if entries are missing: then {@code into} holds the entry
	 * that replaces them; if it is empty, the store must be read
	 */
	synchronized boolean copy(long next, int limit, boolean conflate, List<FeedEntry> into) {
		if (this.reset != null && next <= this.reset.sequence()) {
			into.add(this.reset);
			return false;
		}
		boolean behind = next < this.first;
		if (behind && next < this.milestonesFrom) {
			return false;
		}
		if (behind) {
			for (FeedEntry each : this.milestones) {
				if (each.sequence() >= next && into.size() < limit) {
					into.add(each);
				}
			}
		}
		boolean shorten = behind || (conflate && this.end - next > this.settings.lag());
		for (long i = Math.max(next, this.first); i < this.end && into.size() < limit; i++) {
			if (!shorten || !at(i).isTick() || i == this.end - 1) {
				into.add(at(i));
			}
		}
		return true;
	}

	/**
	 * Drops entries that are probably not needed any more; a viewer that needs them reads
	 * the store.
	 * @param upTo number of the first to keep
	 */
	synchronized void forget(long upTo) {
		while (!this.milestones.isEmpty() && this.milestones.getFirst().sequence() < upTo) {
			this.milestones.removeFirst().drop();
		}
		while (this.first < upTo) {
			removeOldest().drop();
		}
		this.milestonesFrom = Math.max(this.milestonesFrom, upTo);
	}

	void append(StoredEvent event) {
		append(event, false);
	}

	/**
	 * Appends an entry that is not stored.
	 */
	void appendAside(StoredEvent event) {
		append(event, true);
	}

	/**
	 * Drops all entries and begins again.
	 * @param latest the event that replaces the missing ones
	 */
	synchronized void reset(StoredEvent latest) {
		while (this.end > this.first) {
			dropOldest();
		}
		while (!this.milestones.isEmpty()) {
			dropMilestone();
		}
		this.milestonesFrom = this.end;
		append(latest);
		this.reset = at(this.end - 1);
	}

	private synchronized void append(StoredEvent event, boolean aside) {
		if (this.end - this.first == this.ring.length) {
			makeRoom();
		}
		this.ring[index(this.end)] = new FeedEntry(event, this.end, this.bytes, aside);
		this.end++;
		while (this.bytes.get() > this.settings.bytes() && this.end - this.first > 1) {
			dropOldest();
		}
		while (this.bytes.get() > this.settings.bytes() && !this.milestones.isEmpty()) {
			dropMilestone();
		}
	}

	private void makeRoom() {
		if (this.ring.length == this.settings.events()) {
			dropOldest();
			return;
		}
		FeedEntry[] larger = new FeedEntry[Math.min(this.ring.length * 2, this.settings.events())];
		for (long i = this.first; i < this.end; i++) {
			larger[(int) (i % larger.length)] = at(i);
		}
		this.ring = larger;
	}

	private void dropOldest() {
		FeedEntry oldest = removeOldest();
		if (oldest.isTick()) {
			oldest.drop();
			return;
		}
		if (this.milestones.size() == this.settings.events()) {
			dropMilestone();
		}
		this.milestones.addLast(oldest);
	}

	private FeedEntry removeOldest() {
		FeedEntry oldest = at(this.first);
		this.ring[index(this.first)] = null;
		this.first++;
		return oldest;
	}

	private void dropMilestone() {
		FeedEntry oldest = this.milestones.removeFirst();
		oldest.drop();
		this.milestonesFrom = oldest.sequence() + 1;
	}

	private FeedEntry at(long number) {
		return this.ring[index(number)];
	}

	private int index(long number) {
		return (int) (number % this.ring.length);
	}

}
