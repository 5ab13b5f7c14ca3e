package io.progress.sse.store.memory;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.ProgressEvent;

/**
 * Consecutive events of one job in one array. An event as it is consists of ten objects
 * and more, and a store holds it for long: a garbage collector had to copy them all.
 * <ol>
 * <li>Of each event is written what differs from the event before, of the first one what
 * differs from a blank event of its job.</li>
 * <li>Which fields these are is said by the bits of a number in front of them.</li>
 * <li>A block that holds enough is full, and the next event begins another.</li>
 * </ol>
 * Not safe for use by many threads.
 */
final class EventBlock {

	/** More would take too long to read for the sake of the last. */
	static final int MAX_EVENTS = 32;

	private static final int MAX_BYTES = 8 * 1024;

	private final ProgressEvent blank;

	private final PackedOutput out;

	private ProgressEvent last;

	private final int maxEvents;

	private int size;

	private boolean milestones;

	private int changed;

	private int field;

	/**
	 * Creates an empty block.
	 * @param blank the first event differs from it by little
	 * @param maxEvents how many events it takes at most
	 * @param capacity how many bytes it will probably take
	 */
	EventBlock(ProgressEvent blank, int maxEvents, int capacity) {
		this.blank = blank;
		this.maxEvents = maxEvents;
		this.out = new PackedOutput(capacity);
		this.last = blank;
	}

	int size() {
		return this.size;
	}

	/**
	 * Whether some of its events are no ticks.
	 */
	boolean hasMilestones() {
		return this.milestones;
	}

	/**
	 * How much memory its array takes.
	 */
	int bytes() {
		return this.out.length();
	}

	/**
	 * Appends an event, or nothing of it where memory ends.
	 * @return {@code false} if it was the last that found room
	 */
	boolean add(ProgressEvent event) {
		int length = this.out.length();
		boolean full;
		try {
			write(event, this.last);
			full = this.size + 1 >= this.maxEvents || this.out.length() >= MAX_BYTES || event.isTerminal();
			if (full) {
				this.out.trim();
			}
		}
		catch (Throwable ex) {
			this.out.truncate(length);
			throw ex;
		}
		this.last = full ? this.blank : event;
		this.size++;
		this.milestones |= event.kind() != EventKind.TICK;
		return !full;
	}

	/**
	 * Reads events.
	 * @param skip how many not to take, from the first on
	 * @param limit how many to take at most
	 */
	void read(int skip, int limit, List<ProgressEvent> into) {
		EventBlockReader reader = new EventBlockReader(this.out.input(), this.blank);
		for (int i = 0; i < this.size && i - skip < limit; i++) {
			ProgressEvent event = reader.next();
			if (i >= skip) {
				into.add(event);
			}
		}
	}

	/** In the order of {@link EventBlockReader#next()}. */
	private void write(ProgressEvent event, ProgressEvent before) {
		int place = this.out.skipInt();
		this.changed = 0;
		this.field = 0;
		field(event.jobId(), before.jobId());
		field(event.job(), before.job());
		field(event.parent(), before.parent());
		field(event.kind(), before.kind());
		field(event.state(), before.state());
		field(event.attempt(), before.attempt());
		field(event.phase(), before.phase());
		field(event.message(), before.message());
		field(event.progress().fraction(), before.progress().fraction());
		field(event.progress().completed(), before.progress().completed());
		field(event.progress().total(), before.progress().total());
		field(event.progress().unit(), before.progress().unit());
		field(event.progress().ratePerSecond(), before.progress().ratePerSecond());
		field(event.progress().eta(), before.progress().eta());
		field(event.note(), before.note());
		field(event.data(), before.data());
		field(event.result(), before.result());
		field(event.error(), before.error());
		field(event.stalled(), before.stalled());
		field(event.coalesced(), before.coalesced());
		field(event.duration(), before.duration());
		this.out.duration(Duration.between(before.occurredAt(), event.occurredAt()));
		this.out.set(place, this.changed);
	}

	private void field(@Nullable Object now, @Nullable Object before) {
		if (!Objects.equals(now, before)) {
			this.changed |= 1 << this.field;
			this.out.value(now);
		}
		this.field++;
	}

}
