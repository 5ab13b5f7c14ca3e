package io.progress.sse.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest events of a job, found by the {@code n} of their ids, which is dense. Never
 * empty when it is read.
 */
final class EventRing {

	private static final int INITIAL_CAPACITY = 8;

	private final int maxSize;

	private StoredEvent[] events;

	/** The {@code n} of the oldest event. */
	private long first = 1;

	/** The {@code n} of the newest event. */
	private long last;

	EventRing(int maxSize) {
		this.maxSize = maxSize;
		this.events = new StoredEvent[Math.min(maxSize, INITIAL_CAPACITY)];
	}

	void add(StoredEvent event) {
		int size = size();
		if (size == this.maxSize) {
			this.first++;
		}
		else if (size == this.events.length) {
			grow();
		}
		this.last = event.id().n();
		this.events[index(this.last)] = event;
	}

	int size() {
		return (int) (this.last - this.first + 1);
	}

	StoredEvent earliest() {
		return this.events[index(this.first)];
	}

	StoredEvent latest() {
		return this.events[index(this.last)];
	}

	boolean contains(EventId id) {
		return id.n() >= this.first && id.n() <= this.last && this.events[index(id.n())].id().equals(id);
	}

	List<StoredEvent> after(long n, int limit) {
		long from = Math.max(n + 1, this.first);
		int count = (int) Math.min(limit, this.last - from + 1);
		List<StoredEvent> found = new ArrayList<>(Math.max(count, 0));
		for (int i = 0; i < count; i++) {
			found.add(this.events[index(from + i)]);
		}
		return found;
	}

	void keepLatest() {
		StoredEvent latest = latest();
		this.first = this.last;
		this.events = new StoredEvent[] { latest };
	}

	private void grow() {
		List<StoredEvent> held = after(0, this.events.length);
		this.events = new StoredEvent[Math.min(this.maxSize, this.events.length * 2)];
		held.forEach((event) -> this.events[index(event.id().n())] = event);
	}

	private int index(long n) {
		return (int) (n % this.events.length);
	}

}
