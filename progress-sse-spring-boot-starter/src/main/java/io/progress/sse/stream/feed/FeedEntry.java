package io.progress.sse.stream.feed;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.format.FrameEncoder;
import io.progress.sse.stream.frame.FrameBuffer;

/**
 * An event in a feed, with its frames: each is built when the first viewer needs it, and
 * then shared by all viewers.
 */
final class FeedEntry {

	private final StoredEvent stored;

	private final long sequence;

	/** The total size of the frames of all entries. */
	private final AtomicLong bytes;

	private final boolean aside;

	private boolean dropped;

	private volatile @Nullable Encoded encoded;

	/**
	 * An entry of a feed.
	 * @param aside whether it is not stored: it changes the event whose id it has, and is
	 * sent without an id
	 */
	FeedEntry(StoredEvent stored, long sequence, AtomicLong bytes, boolean aside) {
		this.stored = stored;
		this.sequence = sequence;
		this.bytes = bytes;
		this.aside = aside;
	}

	/**
	 * Creates an entry that belongs to no feed.
	 */
	FeedEntry(StoredEvent stored) {
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
	 * Returns its number in the feed; -1 if it belongs to none.
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
	 * Returns its frame and keeps it for other viewers.
	 */
	byte[] frame(FrameEncoder encoder) {
		byte[] frame = find(encoder);
		return (frame != null) ? frame : keep(encoder);
	}

	/**
	 * Writes its frame.
	 * @param keep whether other viewers need the same frame; otherwise it is not kept, to
	 * save memory
	 */
	void write(FrameEncoder encoder, boolean keep, FrameBuffer out) {
		if (keep) {
			out.write(frame(encoder));
		}
		else {
			encoder.write(this.stored, this.aside, out);
		}
	}

	private synchronized byte[] keep(FrameEncoder encoder) {
		byte[] frame = find(encoder);
		if (frame == null) {
			frame = encoder.encode(this.stored, this.aside);
			this.encoded = new Encoded(encoder, frame, this.encoded);
			this.bytes.addAndGet(this.dropped ? 0 : frame.length);
		}
		return frame;
	}

	/**
	 * Called when the feed drops the entry; viewers that hold it may still use it.
	 */
	synchronized void drop() {
		this.dropped = true;
		for (Encoded each = this.encoded; each != null; each = each.next) {
			this.bytes.addAndGet(-each.frame.length);
		}
	}

	private byte @Nullable [] find(FrameEncoder encoder) {
		for (Encoded each = this.encoded; each != null; each = each.next) {
			if (each.encoder == encoder) {
				return each.frame;
			}
		}
		return null;
	}

	private static final class Encoded {

		private final FrameEncoder encoder;

		private final byte[] frame;

		private final @Nullable Encoded next;

		Encoded(FrameEncoder encoder, byte[] frame, @Nullable Encoded next) {
			this.encoder = encoder;
			this.frame = frame;
			this.next = next;
		}

	}

}
