package io.progress.sse.store.memory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.support.Listeners;

/**
 * The slots in use. An empty slot is removed, so that requests for unknown jobs take no
 * memory.
 */
final class SlotTable {

	private final Map<JobId, Slot> slots = new ConcurrentHashMap<>();

	boolean contains(JobId id) {
		return this.slots.containsKey(id);
	}

	/**
	 * Runs an action under the lock of a slot. Must not be called from an action on
	 * another slot; a listener may call it for its own job.
	 * @param id the job
	 * @param action the action
	 * @return what the action returned
	 */
	<T extends @Nullable Object> T locked(JobId id, Function<Slot, T> action) {
		while (true) {
			Slot slot = slot(id);
			slot.lock.lock();
			try {
				if (!slot.abandoned) {
					return action.apply(slot);
				}
			}
			finally {
				if (slot.isEmpty() && slot.lock.getHoldCount() == 1) {
					slot.abandoned = true;
					this.slots.remove(id, slot);
				}
				slot.lock.unlock();
			}
		}
	}

	private Slot slot(JobId id) {
		Slot slot = this.slots.get(id);
		return (slot != null) ? slot : this.slots.computeIfAbsent(id, (absent) -> new Slot());
	}

	/**
	 * Holds a job and its listeners under one lock.
	 */
	static final class Slot {

		private final ReentrantLock lock = new ReentrantLock();

		@Nullable StoredJob job;

		/**
		 * Whether the slot was removed from the map. A thread that got it before must
		 * look it up again.
		 */
		private boolean abandoned;

		private final Listeners<StoreNotice> listeners = new Listeners<>();

		private boolean isEmpty() {
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

}
