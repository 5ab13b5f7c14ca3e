package io.progress.sse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventBatch;

/**
 * The newest events that the store has acknowledged, kept in case it forgets them.
 */
final class SentEvents {

	private static final int CAPACITY = 64;

	private final ArrayDeque<ProgressEvent> events = new ArrayDeque<>();

	private long lastSequence;

	void add(EventBatch batch) {
		long from = Math.max(0, this.lastSequence + 1 - batch.firstSequence());
		for (int i = (int) from; i < batch.events().size(); i++) {
			this.events.addLast(batch.events().get(i));
			if (this.events.size() > CAPACITY) {
				this.events.removeFirst();
			}
		}
		this.lastSequence = Math.max(this.lastSequence, batch.lastSequence());
	}

	/**
	 * The kept events behind one sequence and before another, in order, ending right
	 * before the latter.
	 */
	List<ProgressEvent> after(long known, long before) {
		List<ProgressEvent> found = new ArrayList<>();
		long sequence = this.lastSequence - this.events.size();
		for (Iterator<ProgressEvent> each = this.events.iterator(); each.hasNext();) {
			ProgressEvent event = each.next();
			sequence++;
			if (sequence > known && sequence < before) {
				found.add(event);
			}
		}
		return found;
	}

}
