package io.progress.sse.store.memory;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.ProgressEvent;

/**
 * Consecutive events of one job in one array. An event consists of ten objects and more,
 * and a store keeps it for long, so a garbage collector would have to copy all of them.
 * <ol>
 * <li>For each event only the fields that differ from the previous event are written; the
 * first one is compared with a blank event of its job.</li>
 * <li>The bits of a number in front of the fields say which fields follow.</li>
 * <li>When a block is full, the next event begins another one.</li>
 * </ol>
 * Not safe for use by many threads.
 */
final class EventBlock {

	/** Reading the last event means reading the whole block, hence the limit. */
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
	 * @param blank an event with which the first one is compared
	 * @param maxEvents how many events fit at most
	 * @param capacity the expected number of bytes
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
	 * Whether the block holds milestones.
	 */
	boolean hasMilestones() {
		return this.milestones;
	}

	/**
	 * Returns the size of its array in bytes.
	 */
	int bytes() {
		return this.out.length();
	}

	/**
	 * Appends an event. If memory is exhausted, nothing is appended.
	 * @return {@code false} if the block is now full
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
	 * @param skip how many to skip at the beginning
	 * @param limit how many to read at most
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

	/** Writes the fields in the order of {@link EventBlockReader#next()}. */
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
