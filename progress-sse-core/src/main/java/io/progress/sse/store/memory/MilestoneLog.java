package io.progress.sse.store.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;

/**
 * The milestones among the events that an {@link EventRing} has removed, oldest first and
 * up to a separate limit. Ticks are not kept, but their ids can still be recognised,
 * because the numbers are dense and the times do not fall.
 */
final class MilestoneLog {

	private static final int FIRST_PART_BYTES = 256;

	private final ProgressEvent blank;

	private final int maxSize;

	private final LongAdder dropped;

	private final Deque<Part> parts = new ArrayDeque<>(2);

	private int size;

	/** No milestone after this id is missing. Cursors below it are not valid. */
	private EventId floor;

	/**
	 * Creates an empty log.
	 * @param blank an event with which the first milestone is compared
	 * @param maxSize how many milestones are kept at most
	 * @param floor no event has an id below this one
	 * @param dropped counts the milestones that were removed for lack of room
	 */
	MilestoneLog(ProgressEvent blank, int maxSize, EventId floor, LongAdder dropped) {
		this.blank = blank;
		this.maxSize = maxSize;
		this.floor = floor;
		this.dropped = dropped;
	}

	/**
	 * Adds a milestone, unless it is there already: an earlier try may have stopped
	 * half-way when memory was exhausted.
	 */
	void add(StoredEvent milestone) {
		Part part = this.parts.peekLast();
		if (part != null && milestone.id().n() <= part.id(part.size() - 1).n()) {
			return;
		}
		if (part == null || part.isFull()) {
			Part next = new Part(this.blank, Math.max(1, Math.min(EventBlock.MAX_EVENTS, this.maxSize / 8)),
					(part != null) ? part.block.bytes() : FIRST_PART_BYTES);
			next.add(milestone);
			this.parts.addLast(next);
		}
		else {
			part.add(milestone);
		}
		this.size++;
		while (this.size > this.maxSize) {
			Part oldest = this.parts.removeFirst();
			this.size -= oldest.size();
			this.floor = oldest.id(oldest.size() - 1);
			this.dropped.add(oldest.size());
		}
	}

	boolean isEmpty() {
		return this.parts.isEmpty();
	}

	EventId earliest() {
		return this.parts.getFirst().id(0);
	}

	/**
	 * Whether an id was given to an event, and only ticks after it are missing.
	 * @param id the id, of an event before the ring
	 * @param end the first id of the ring
	 */
	boolean leadsOn(EventId id, EventId end) {
		EventId before = this.floor;
		for (Part part : this.parts) {
			for (int i = 0; i < part.size(); i++) {
				EventId each = part.id(i);
				if (each.n() > id.n()) {
					return isBetween(before, id, each);
				}
				before = each;
			}
		}
		return isBetween(before, id, end);
	}

	void after(long n, int limit, List<StoredEvent> into) {
		for (Part part : this.parts) {
			if (part.id(part.size() - 1).n() > n && into.size() < limit) {
				part.read(n, limit, into);
			}
		}
	}

	/**
	 * An id of an earlier job has a lower time; an id that was never given may have any
	 * time.
	 */
	private static boolean isBetween(EventId before, EventId id, EventId after) {
		return id.equals(before) || (id.n() > before.n() && id.ms() >= before.ms() && id.ms() <= after.ms());
	}

	/**
	 * A block of milestones and their ids.
	 */
	private static final class Part {

		private final EventBlock block;

		private final long[] times;

		private final long[] numbers;

		private boolean full;

		Part(ProgressEvent blank, int capacity, int bytes) {
			this.block = new EventBlock(blank, capacity, bytes);
			this.times = new long[capacity];
			this.numbers = new long[capacity];
		}

		boolean isFull() {
			return this.full;
		}

		int size() {
			return this.block.size();
		}

		EventId id(int index) {
			return new EventId(this.times[index], this.numbers[index]);
		}

		void add(StoredEvent milestone) {
			int index = size();
			this.times[index] = milestone.id().ms();
			this.numbers[index] = milestone.id().n();
			this.full = !this.block.add(milestone.event());
		}

		void read(long n, int limit, List<StoredEvent> into) {
			int skip = 0;
			while (this.numbers[skip] <= n) {
				skip++;
			}
			List<ProgressEvent> events = new ArrayList<>(size() - skip);
			this.block.read(skip, Math.min(size() - skip, limit - into.size()), events);
			for (int i = 0; i < events.size(); i++) {
				into.add(new StoredEvent(id(skip + i), events.get(i)));
			}
		}

	}

}
