package io.progress.sse.tail;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.util.concurrent.Queues;

import io.progress.sse.store.StoreNotice;

/**
 * The notices that wait for a tail. Other threads add them, the tail takes them.
 */
final class NoticeBuffer {

	static final int SIZE = 512;

	private final Queue<StoreNotice.Live> notices = Queues.<StoreNotice.Live>unboundedMultiproducer().get();

	private final AtomicInteger count = new AtomicInteger();

	private final AtomicBoolean told = new AtomicBoolean();

	private volatile boolean overflown;

	/**
	 * Adds a notice, if there is room.
	 * @return whether the caller must notify the tail, because nobody has since the tail
	 * last began to empty the buffer
	 */
	boolean offer(StoreNotice.Live notice) {
		if (this.count.get() < SIZE) {
			this.count.incrementAndGet();
			this.notices.offer(notice);
		}
		else {
			this.overflown = true;
		}
		return this.told.compareAndSet(false, true);
	}

	/**
	 * Called when the tail begins to empty the buffer.
	 * @return whether notices were dropped since the last time
	 */
	boolean open() {
		this.told.set(false);
		boolean lost = this.overflown;
		if (lost) {
			this.overflown = false;
		}
		return lost;
	}

	StoreNotice.@Nullable Live poll() {
		StoreNotice.Live notice = this.notices.poll();
		if (notice != null) {
			this.count.decrementAndGet();
		}
		return notice;
	}

}
