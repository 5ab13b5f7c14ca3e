package io.progress.sse.store.memory;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

import io.progress.sse.store.EventId;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.support.Listeners;

/**
 * Holds a job and its listeners under one lock. All methods except {@link #lock} need the
 * lock.
 */
final class JobSlot {

	final ReentrantLock lock = new ReentrantLock();

	@Nullable StoredJob job;

	/**
	 * Whether the slot was removed from the map. A thread that got it before must look it
	 * up again.
	 */
	boolean abandoned;

	private final Listeners<StoreNotice> listeners = new Listeners<>();

	boolean isEmpty() {
		return this.job == null && this.listeners.isEmpty();
	}

	boolean isWatched() {
		return !this.listeners.isEmpty();
	}

	void add(FluxSink<StoreNotice> listener) {
		this.listeners.add(listener);
		Listeners.tell(listener, new StoreNotice.Ready());
	}

	void remove(FluxSink<StoreNotice> listener) {
		this.listeners.remove(listener);
	}

	void tell(List<StoredEvent> events, @Nullable EventId before) {
		if (this.listeners.isEmpty()) {
			return;
		}
		EventId previous = before;
		for (StoredEvent event : events) {
			tell(new StoreNotice.Live(event, previous));
			previous = event.id();
		}
	}

	void tell(StoreNotice notice) {
		this.listeners.tell(notice);
	}

}
