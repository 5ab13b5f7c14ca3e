package io.progress.sse.stream;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;

/**
 * An event in a feed, together with its frames: each is built when the first viewer needs
 * it and shared by all.
 */
final class Entry {

	private final StoredEvent stored;

	private final long sequence;

	/** What the frames of all entries hold. */
	private final AtomicLong bytes;

	private final boolean aside;

	private boolean dropped;

	private volatile @Nullable Encoded encoded;

	/**
	 * An entry of a feed.
	 * @param aside whether it is not in the store: news about the event whose id it has,
	 * sent without an id
	 */
	Entry(StoredEvent stored, long sequence, AtomicLong bytes, boolean aside) {
		this.stored = stored;
		this.sequence = sequence;
		this.bytes = bytes;
		this.aside = aside;
	}

	/**
	 * An entry of no feed.
	 */
	Entry(StoredEvent stored) {
		this(stored, -1, new AtomicLong(), false);
	}

	boolean isAside() {
		return this.aside;
	}

	StoredEvent stored() {
		return this.stored;
	}

	EventId id() {
		return this.stored.id();
	}

	/**
	 * Its number in the feed; -1 in none.
	 */
	long sequence() {
		return this.sequence;
	}

	boolean isTick() {
		return this.stored.event().kind() == EventKind.TICK;
	}

	boolean isTerminal() {
		return this.stored.event().isTerminal();
	}

	/**
	 * Its frame, kept for those who ask next.
	 */
	byte[] frame(Shape shape) {
		byte[] frame = find(shape);
		return (frame != null) ? frame : keep(shape);
	}

	/**
	 * Writes its frame.
	 * @param keep whether others will ask for the same: a frame for one viewer is not
	 * worth its memory
	 */
	void write(Shape shape, boolean keep, FrameBuffer out) {
		if (keep) {
			out.write(frame(shape));
		}
		else {
			shape.write(this.stored, this.aside, out);
		}
	}

	private synchronized byte[] keep(Shape shape) {
		byte[] frame = find(shape);
		if (frame == null) {
			frame = shape.encode(this.stored, this.aside);
			this.encoded = new Encoded(shape, frame, this.encoded);
			this.bytes.addAndGet(this.dropped ? 0 : frame.length);
		}
		return frame;
	}

	/**
	 * Says that the feed no longer holds it; who has it may still use it.
	 */
	synchronized void drop() {
		this.dropped = true;
		for (Encoded each = this.encoded; each != null; each = each.next) {
			this.bytes.addAndGet(-each.frame.length);
		}
	}

	private byte @Nullable [] find(Shape shape) {
		for (Encoded each = this.encoded; each != null; each = each.next) {
			if (each.shape == shape) {
				return each.frame;
			}
		}
		return null;
	}

	private static final class Encoded {

		private final Shape shape;

		private final byte[] frame;

		private final @Nullable Encoded next;

		Encoded(Shape shape, byte[] frame, @Nullable Encoded next) {
			this.shape = shape;
			this.frame = frame;
			this.next = next;
		}

	}

}
