package io.progress.sse.stream.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;

/**
 * A viewer's position in a feed. Used only on the viewer's loop.
 * <ol>
 * <li>Events that were read from the store come first.</li>
 * <li>Then the position is looked up in the feed by the id of the last delivered event;
 * from there on the events come from the feed.</li>
 * <li>If the feed does not hold that id, or no longer holds the next event, the store is
 * read: back to step 1.</li>
 * </ol>
 */
final class FeedCursor {

	private static final int PAGE_SIZE = 64;

	private static final long NOWHERE = -1;

	private final Feed feed;

	private final ViewerLoop loop;

	private final Runnable wake;

	private final Disposable.Swap reading = Disposables.swap();

	private final Deque<FeedEntry> backlog = new ArrayDeque<>(0);

	private @Nullable EventId after;

	private long next = NOWHERE;

	private @Nullable FeedEntry lost;

	private boolean busy;

	private long readUpTo = NOWHERE;

	private boolean over;

	FeedCursor(Feed feed, ViewerLoop loop, Runnable wake, ResumePoint start) {
		this.feed = feed;
		this.loop = loop;
		this.wake = wake;
		this.after = start.after();
		StoredEvent first = start.first();
		if (first != null) {
			this.backlog.add(new FeedEntry(first));
		}
		StoredEvent insteadOfLost = start.insteadOfLost();
		this.lost = (insteadOfLost != null) ? new FeedEntry(insteadOfLost) : null;
	}

	Feed feed() {
		return this.feed;
	}

	@Nullable EventId after() {
		return this.after;
	}

	/**
	 * Whether there will be no more events.
	 */
	boolean isOver() {
		return this.over;
	}

	void end() {
		this.over = true;
		this.reading.dispose();
	}

	/**
	 * Begins again with all stored events.
	 */
	void restart() {
		this.after = null;
		this.next = NOWHERE;
		this.lost = null;
		this.readUpTo = NOWHERE;
		this.backlog.clear();
	}

	/**
	 * Whether there may be something to deliver. Does not read the feed.
	 */
	boolean isBehind() {
		return !this.over && (!this.backlog.isEmpty() || this.lost != null || this.feed.end() > this.next);
	}

	/**
	 * Copies the next entries without moving the cursor.
	 * @return {@code false} if the next events are lost; then {@code into} holds one
	 * event, the newest at the time of the loss
	 */
	boolean peek(List<FeedEntry> into, int limit, boolean conflate) {
		if (this.over) {
			return true;
		}
		if (!this.backlog.isEmpty()) {
			this.backlog.stream().limit(limit).forEach(into::add);
			return true;
		}
		if (this.lost != null) {
			into.add(this.lost);
			return false;
		}
		if (this.next == NOWHERE && !place()) {
			return true;
		}
		if (this.feed.copy(this.next, limit, conflate, into)) {
			return true;
		}
		if (!into.isEmpty()) {
			return false;
		}
		this.next = NOWHERE;
		place();
		return true;
	}

	/**
	 * Moves after a delivered entry.
	 * @return how many entries were skipped
	 */
	long advance(FeedEntry entry) {
		long skipped = 0;
		this.after = entry.id();
		this.over = entry.isTerminal();
		if (entry.sequence() < 0) {
			this.backlog.removeFirst();
		}
		else {
			skipped = entry.sequence() - this.next;
			this.next = entry.sequence() + 1;
		}
		return skipped;
	}

	/**
	 * Repeats a read that has failed.
	 */
	void retry() {
		if (this.next == NOWHERE && !this.over && this.backlog.isEmpty() && this.lost == null) {
			place();
		}
	}

	private boolean place() {
		long place = this.feed.place(this.after);
		if (place >= 0) {
			this.next = place;
			return true;
		}
		if (place == Feed.READ && !this.busy && this.readUpTo != this.feed.end()) {
			read();
		}
		return false;
	}

	private void read() {
		EventId behind = this.after;
		this.busy = true;
		this.readUpTo = this.feed.end();
		this.reading.update(this.feed.read(behind, PAGE_SIZE)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.subscribe((page) -> this.loop.execute(() -> onPage(behind, page.orElse(null))),
					(ex) -> this.loop.execute(this::onNoPage)));
	}

	private void onPage(@Nullable EventId behind, @Nullable EventPage page) {
		this.busy = false;
		if (page == null) {
			return;
		}
		if (this.next != NOWHERE || !Objects.equals(behind, this.after)) {
			// The feed has reached the position in the meantime, and the cursor has moved
			// on with it.
			this.readUpTo = NOWHERE;
		}
		else if (page.stale()) {
			this.lost = new FeedEntry(page.latest());
		}
		else if (!page.events().isEmpty()) {
			page.events().stream().map(FeedEntry::new).forEach(this.backlog::add);
			this.readUpTo = NOWHERE;
		}
		this.wake.run();
	}

	private void onNoPage() {
		this.busy = false;
		this.readUpTo = NOWHERE;
	}

}
