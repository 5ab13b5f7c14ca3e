package io.progress.sse.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.WriterToken;

/**
 * Puts events into numbered batches, in order. A batch does not change until it is
 * settled. Used under the outbox's lock.
 */
final class BatchSequencer {

	private static final int MAX_BATCH = 32;

	private static final int LAST_WORDS = 8;

	private final ReplayBuffer sent = new ReplayBuffer();

	private final JobInfo job;

	private final WriterToken writer;

	private final AppendMode creation;

	private final OutboxLoad load;

	private final PendingEvents pending;

	private @Nullable EventBatch underWay;

	BatchSequencer(JobInfo job, WriterToken writer, AppendMode creation, int capacity, OutboxLoad load) {
		this.job = job;
		this.writer = writer;
		this.creation = creation;
		this.load = load;
		this.pending = new PendingEvents(capacity, load);
	}

	void add(ProgressEvent event) {
		this.pending.add(event);
	}

	/**
	 * Whether a batch is not settled yet.
	 */
	boolean isUnderWay() {
		return this.underWay != null;
	}

	/**
	 * Returns the batch that is not settled yet, otherwise a new one.
	 * @return the batch; {@code null} if there is nothing to send
	 */
	@Nullable EventBatch next() {
		if (this.underWay == null) {
			List<ProgressEvent> events = this.pending.first(MAX_BATCH);
			if (!events.isEmpty()) {
				long last = this.sent.lastSequence();
				this.underWay = batch(last + 1, events, (last == 0) ? this.creation : AppendMode.CONTINUE);
				this.pending.removeFirst(events.size());
			}
		}
		return this.underWay;
	}

	/**
	 * Returns when the oldest event happened that is not stored.
	 */
	@Nullable Instant oldest() {
		return (this.underWay != null) ? this.underWay.events().get(0).occurredAt() : this.pending.oldest();
	}

	/**
	 * Settles the batch, because the store has it.
	 * @return whether it was the last one
	 */
	boolean stored(EventBatch batch) {
		this.load.published(Math.max(0, batch.lastSequence() - this.sent.lastSequence()));
		this.sent.add(batch);
		this.underWay = null;
		return last(batch.events()).isTerminal();
	}

	/**
	 * Puts the events that the store has lost in front of the batch, if they are still
	 * kept here.
	 */
	void restore(EventBatch batch, long known) {
		List<ProgressEvent> events = new ArrayList<>(this.sent.between(known, batch.firstSequence()));
		long first = batch.firstSequence() - events.size();
		events.addAll(batch.events());
		this.underWay = batch(first, events, AppendMode.RESTORE);
	}

	/**
	 * Makes a batch of the kept events, if no other batch is open. A store that still has
	 * them ignores it.
	 */
	void restore() {
		List<ProgressEvent> events = this.sent.between(0, Long.MAX_VALUE);
		if (this.underWay == null && !events.isEmpty()) {
			this.underWay = batch(this.sent.lastSequence() - events.size() + 1, events, AppendMode.RESTORE);
		}
	}

	/**
	 * Returns the last events of the job, which a store must still hold after the end.
	 */
	EventBatch lastWords() {
		long last = this.sent.lastSequence();
		List<ProgressEvent> events = this.sent.between(last - LAST_WORDS, Long.MAX_VALUE);
		return batch(last - events.size() + 1, events, AppendMode.RESTORE);
	}

	/**
	 * Shrinks a batch that the store rejects: first it loses its payload, then all its
	 * events except a terminal one.
	 * @return whether there is nothing more to try
	 */
	boolean reject(EventBatch batch) {
		List<ProgressEvent> bare = batch.events().stream().map(ProgressEvent::withoutPayload).toList();
		if (!bare.equals(batch.events())) {
			this.underWay = batch(batch.firstSequence(), bare, batch.mode());
			return false;
		}
		boolean creates = batch.mode() == this.creation;
		this.sent.restart(creates ? 0 : batch.lastSequence());
		ProgressEvent last = last(bare);
		if (last.isTerminal() && bare.size() > 1) {
			this.load.dropped(bare.size() - 1);
			this.underWay = creates ? batch(1, List.of(last), this.creation)
					: batch(batch.lastSequence(), List.of(last), AppendMode.RESTORE);
			return false;
		}
		this.load.dropped(bare.size());
		this.underWay = null;
		return last.isTerminal();
	}

	void clear() {
		this.underWay = null;
		this.pending.clear();
	}

	private EventBatch batch(long first, List<ProgressEvent> events, AppendMode mode) {
		return new EventBatch(this.job, this.writer, first, events, mode);
	}

	private static ProgressEvent last(List<ProgressEvent> events) {
		return events.get(events.size() - 1);
	}

}
