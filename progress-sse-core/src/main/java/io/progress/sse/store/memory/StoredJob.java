package io.progress.sse.store.memory;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobInfo;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.JobCursor;
import io.progress.sse.store.ListedJob;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.WriterToken;

/**
 * One run of one job in memory. Not safe for use by many threads; its
 * {@link SlotTable.Slot slot} is.
 */
final class StoredJob {

	private final JobInfo info;

	private final JobCursor place;

	private final EventRing events;

	private WriterToken writer;

	private long sequence;

	private long ms;

	private long n;

	private boolean listed;

	private long endedAt;

	/** The number that orders ended jobs; negative while the job has not ended. */
	private long endOrder = -1;

	/**
	 * Creates an empty job.
	 * @param batch the first batch that will be appended
	 * @param limits how many events to keep
	 * @param minMs the lowest {@code ms} of the first id
	 */
	StoredJob(EventBatch batch, JobLimits limits, long minMs) {
		this.info = batch.job();
		this.place = JobCursor.of(batch.job());
		this.writer = batch.writer();
		this.events = new EventRing(batch.job(), limits);
		this.ms = minMs;
	}

	/**
	 * Decides whether a batch can be stored.
	 * @param batch the batch
	 * @return the status; {@code STORED} also if all its events are stored already
	 */
	Status judge(EventBatch batch) {
		int order = this.writer.compareTo(batch.writer());
		if (order > 0 || (order < 0 && (batch.mode() == AppendMode.CREATE || !isExpectedBy(batch)))) {
			return Status.FENCED;
		}
		if (isReplacedBy(batch)) {
			return judgeFirst(batch);
		}
		long known = known(batch.writer());
		if (batch.lastSequence() <= known) {
			return Status.STORED;
		}
		if (hasEnded()) {
			return Status.ENDED;
		}
		return (batch.firstSequence() > known + 1 && batch.mode() != AppendMode.RESTORE) ? Status.MISSING
				: Status.STORED;
	}

	/**
	 * Decides whether a batch for an unknown job can be stored.
	 * @param batch the batch
	 * @return {@code STORED} or {@code MISSING}
	 */
	static Status judgeFirst(EventBatch batch) {
		return (batch.firstSequence() > 1 && batch.mode() != AppendMode.RESTORE) ? Status.MISSING : Status.STORED;
	}

	private boolean isExpectedBy(EventBatch batch) {
		return batch.replaced() == null || batch.replaced().equals(latest());
	}

	boolean isReplacedBy(EventBatch batch) {
		return batch.mode() == AppendMode.REPLACE && this.writer.compareTo(batch.writer()) < 0;
	}

	/**
	 * Stores the new events of a batch that was accepted. If memory is exhausted
	 * half-way, the stored events count, and the next try goes on after them.
	 * @param batch the batch
	 * @param now the time
	 * @return the events that were stored now
	 */
	List<StoredEvent> store(EventBatch batch, long now) {
		int skipped = (int) Math.max(0, known(batch.writer()) - batch.firstSequence() + 1);
		int count = batch.events().size() - skipped;
		if (count <= 0) {
			return List.of();
		}
		this.ms = Math.max(this.ms, now);
		List<StoredEvent> stored = new ArrayList<>(count);
		for (int i = skipped; i < batch.events().size(); i++) {
			StoredEvent next = new StoredEvent(new EventId(this.ms, this.n + 1), batch.events().get(i));
			stored.add(next);
			this.events.add(next);
			this.n++;
			this.writer = batch.writer();
			this.sequence = batch.firstSequence() + i;
		}
		return stored;
	}

	/**
	 * Reads a page after a cursor.
	 * @param after the cursor
	 * @param limit how many events at most
	 * @return the page
	 */
	EventPage page(@Nullable EventId after, int limit) {
		boolean stale = after != null && !this.events.leadsOn(after);
		List<StoredEvent> found = stale ? List.of() : this.events.after((after != null) ? after.n() : 0, limit);
		return new EventPage(this.info, stale, found, this.events.earliest(), this.events.latest(), null);
	}

	JobInfo info() {
		return this.info;
	}

	/** Returns its position in lists. */
	JobCursor place() {
		return this.place;
	}

	/** Whether it was put into the lists. */
	boolean isListed() {
		return this.listed;
	}

	void setListed() {
		this.listed = true;
	}

	ListedJob asListed() {
		return new ListedJob(this.info, this.events.latest(), null);
	}

	long known(WriterToken writer) {
		return this.writer.equals(writer) ? this.sequence : 0;
	}

	@Nullable EventId latest() {
		return (this.n > 0) ? this.events.latest().id() : null;
	}

	/** No id of this run is higher. */
	long ms() {
		return this.ms;
	}

	boolean hasEnded() {
		return this.n > 0 && this.events.latest().event().isTerminal();
	}

	void end(long order, long now) {
		this.endOrder = order;
		this.endedAt = now;
	}

	long endOrder() {
		return this.endOrder;
	}

	boolean endedFor(long millis, long now) {
		return this.endOrder >= 0 && now - this.endedAt >= millis;
	}

	void keepLatest() {
		if (this.events.size() > 1) {
			this.events.keepLatest();
		}
	}

}
