package io.progress.sse.stream.feed;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.format.FrameEncoder;
import io.progress.sse.stream.frame.FrameBuffer;

/**
 * An event in a feed, together with its frames: each is built when the first viewer needs
 * it and shared by all.
 */
final class FeedEntry {

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
	FeedEntry(StoredEvent stored, long sequence, AtomicLong bytes, boolean aside) {
		this.stored = stored;
		this.sequence = sequence;
		this.bytes = bytes;
		this.aside = aside;
	}

	/**
	 * An entry of no feed.
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
	byte[] frame(FrameEncoder encoder) {
		byte[] frame = find(encoder);
		return (frame != null) ? frame : keep(encoder);
	}

	/**
	 * Writes its frame.
	 * @param keep whether others will ask for the same: a frame for one viewer is not
	 * worth its memory
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
	 * Says that the feed no longer holds it; who has it may still use it.
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
