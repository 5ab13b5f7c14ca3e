package io.progress.sse.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.ProgressEvent;

/**
 * Events of one job that wait for the store. Each event holds the complete state, so a
 * newer tick replaces the tick just before it. A full queue drops its oldest tick first,
 * then its oldest milestone; the next event that is sent says how many milestones were
 * dropped. The terminal event is never dropped. Used under the outbox's lock.
 */
final class PendingEvents {

	private final ArrayDeque<ProgressEvent> events = new ArrayDeque<>();

	private final int capacity;

	private final OutboxLoad load;

	private int lost;

	PendingEvents(int capacity, OutboxLoad load) {
		this.capacity = capacity;
		this.load = load;
	}

	void add(ProgressEvent event) {
		ProgressEvent last = this.events.peekLast();
		if (last != null && last.kind() == EventKind.TICK && event.kind() == EventKind.TICK) {
			this.events.removeLast();
			this.load.queued(-1);
			this.lost += last.coalesced();
			this.load.conflated();
		}
		int limit = this.load.high() ? 1 : this.capacity;
		while (this.events.size() >= limit) {
			loseOne();
		}
		this.events.addLast(event);
		this.load.queued(1);
	}

	private void loseOne() {
		for (Iterator<ProgressEvent> each = this.events.iterator(); each.hasNext();) {
			ProgressEvent event = each.next();
			if (event.kind() == EventKind.TICK) {
				each.remove();
				this.load.queued(-1);
				this.lost += event.coalesced();
				this.load.conflated();
				return;
			}
		}
		this.lost += 1 + this.events.removeFirst().coalesced();
		this.load.queued(-1);
		this.load.dropped(1);
	}

	/**
	 * Returns the oldest events. They stay queued until {@link #removeFirst}, because
	 * creating the batch in between may fail for lack of memory.
	 */
	List<ProgressEvent> first(int limit) {
		List<ProgressEvent> first = new ArrayList<>(Math.min(limit, this.events.size()));
		for (Iterator<ProgressEvent> each = this.events.iterator(); each.hasNext() && first.size() < limit;) {
			first.add(each.next());
		}
		if (this.lost > 0 && !first.isEmpty()) {
			first.set(0, first.get(0).withCoalesced(first.get(0).coalesced() + this.lost));
		}
		return first;
	}

	void removeFirst(int count) {
		for (int i = 0; i < count; i++) {
			this.events.removeFirst();
		}
		this.lost = 0;
		this.load.queued(-count);
	}

	@Nullable Instant oldest() {
		ProgressEvent first = this.events.peekFirst();
		return (first != null) ? first.occurredAt() : null;
	}

	void clear() {
		this.load.queued(-this.events.size());
		this.events.clear();
	}

}
