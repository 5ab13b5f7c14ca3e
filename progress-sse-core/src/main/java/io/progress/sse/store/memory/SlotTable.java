package io.progress.sse.store.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;

/**
 * The slots in use. An empty slot is removed, so that requests for unknown jobs take no
 * memory.
 */
final class SlotTable {

	private final Map<JobId, JobSlot> slots = new ConcurrentHashMap<>();

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
	<T extends @Nullable Object> T locked(JobId id, Function<JobSlot, T> action) {
		while (true) {
			JobSlot slot = slot(id);
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

	private JobSlot slot(JobId id) {
		JobSlot slot = this.slots.get(id);
		return (slot != null) ? slot : this.slots.computeIfAbsent(id, (absent) -> new JobSlot());
	}

}
