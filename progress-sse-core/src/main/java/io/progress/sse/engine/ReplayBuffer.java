package io.progress.sse.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventBatch;

/**
 * The newest events that the store has acknowledged, kept in case the store loses them.
 */
final class ReplayBuffer {

	private static final int CAPACITY = 64;

	private final ArrayDeque<ProgressEvent> events = new ArrayDeque<>();

	private long lastSequence;

	/**
	 * Adds those events of a batch that are new here. The sequence number is stored with
	 * each event, so that an addition that failed for lack of memory can be repeated.
	 */
	void add(EventBatch batch) {
		long known = Math.max(0, this.lastSequence + 1 - batch.firstSequence());
		this.lastSequence = Math.max(this.lastSequence, batch.firstSequence() - 1);
		for (ProgressEvent event : batch.events().subList((int) known, batch.events().size())) {
			this.events.addLast(event);
			this.lastSequence++;
			if (this.events.size() > CAPACITY) {
				this.events.removeFirst();
			}
		}
	}

	long lastSequence() {
		return this.lastSequence;
	}

	/**
	 * Returns the kept events after one sequence number up to the one just before
	 * another, in order.
	 */
	List<ProgressEvent> between(long known, long before) {
		List<ProgressEvent> found = new ArrayList<>();
		long sequence = this.lastSequence - this.events.size();
		for (ProgressEvent event : this.events) {
			sequence++;
			if (sequence > known && sequence < before) {
				found.add(event);
			}
		}
		return found;
	}

	/**
	 * Forgets everything; the next event has another sequence number.
	 */
	void restart(long lastSequence) {
		this.events.clear();
		this.lastSequence = lastSequence;
	}

}
