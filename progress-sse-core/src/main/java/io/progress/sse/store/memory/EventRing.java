package io.progress.sse.store.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;

/**
 * The events of a job, found by the {@code n} of their ids, which is dense: the newest,
 * and the milestones before them. Must not be read while it is empty. Only the newest
 * event is kept as an object; the others are packed into blocks, which are removed as a
 * whole.
 */
final class EventRing {

	private static final int INITIAL_CAPACITY = 8;

	private static final int FIRST_BLOCK_BYTES = 256;

	private final ProgressEvent blank;

	private final JobLimits limits;

	/** The {@code ms} of the ids. */
	private long[] times;

	private final Deque<EventBlock> blocks = new ArrayDeque<>(2);

	/** The block for the next event; {@code null} if the next event begins a new one. */
	private @Nullable EventBlock open;

	/** The {@code n} of the oldest event in the blocks. */
	private long first = 1;

	/** The {@code n} of the newest event. */
	private long last;

	private @Nullable StoredEvent latest;

	/** The milestones that are older than the blocks; {@code null} if there are none. */
	private @Nullable MilestoneLog before;

	EventRing(JobInfo job, JobLimits limits) {
		this.blank = ProgressEvent.builder(job, JobState.QUEUED, job.createdAt()).build();
		this.limits = limits;
		this.times = new long[INITIAL_CAPACITY];
	}

	/**
	 * Adds an event. If memory is exhausted, nothing is added.
	 */
	void add(StoredEvent event) {
		dropOld();
		if (size() == this.times.length) {
			grow();
		}
		pack(event.event());
		this.last = event.id().n();
		this.times[index(this.last)] = event.id().ms();
		this.latest = event;
		try {
			dropOld();
		}
		catch (OutOfMemoryError ex) {
			// The event is stored; the next one does this step first.
		}
	}

	private void dropOld() {
		while (this.blocks.size() > 1 && size() - this.blocks.getFirst().size() >= this.limits.events()) {
			dropOldest(this.blocks.getFirst());
			this.blocks.removeFirst();
		}
	}

	/** Returns the ids of the newest events, without the older milestones. */
	int size() {
		return (int) (this.last - this.first + 1);
	}

	EventId earliest() {
		return (this.before != null && !this.before.isEmpty()) ? this.before.earliest() : id(this.first);
	}

	StoredEvent latest() {
		if (this.latest == null) {
			throw new IllegalStateException("A ring must not be read while it is empty");
		}
		return this.latest;
	}

	/**
	 * Whether only ticks are missing after an event.
	 * @param id the id of the event; may be any value, even one that no event ever had
	 */
	boolean leadsOn(EventId id) {
		if (id.n() >= this.first) {
			return id.n() <= this.last && this.times[index(id.n())] == id.ms();
		}
		return this.before != null && id.n() > 0 && this.before.leadsOn(id, id(this.first));
	}

	List<StoredEvent> after(long n, int limit) {
		long next = Math.max(n + 1, this.first);
		if (next == this.last && n + 1 == next) {
			return (limit > 0) ? List.of(latest()) : List.of();
		}
		List<StoredEvent> found = new ArrayList<>();
		if (this.before != null && n + 1 < this.first) {
			this.before.after(n, limit, found);
		}
		unpack(next, (int) Math.min(limit - found.size(), this.last - next + 1), found);
		return found;
	}

	void keepLatest() {
		StoredEvent kept = latest();
		this.before = null;
		this.blocks.clear();
		this.open = null;
		this.times = new long[] { kept.id().ms() };
		this.first = this.last;
		pack(kept.event());
	}

	private void unpack(long next, int count, List<StoredEvent> into) {
		if (count <= 0) {
			return;
		}
		List<ProgressEvent> unpacked = new ArrayList<>(count);
		long begin = this.first;
		for (EventBlock block : this.blocks) {
			if (begin + block.size() > next + unpacked.size() && unpacked.size() < count) {
				block.read((int) Math.max(0, next - begin), count - unpacked.size(), unpacked);
			}
			begin += block.size();
		}
		for (int i = 0; i < unpacked.size(); i++) {
			into.add(new StoredEvent(id(next + i), unpacked.get(i)));
		}
	}

	private void pack(ProgressEvent event) {
		EventBlock block = this.open;
		if (block != null) {
			this.open = block.add(event) ? block : null;
			return;
		}
		EventBlock before = this.blocks.peekLast();
		block = new EventBlock(this.blank, Math.min(EventBlock.MAX_EVENTS, this.limits.events()),
				(before != null) ? before.bytes() : FIRST_BLOCK_BYTES);
		boolean roomy = block.add(event);
		this.blocks.addLast(block);
		this.open = roomy ? block : null;
	}

	private void dropOldest(EventBlock oldest) {
		if (this.before == null) {
			this.before = new MilestoneLog(this.blank, this.limits.milestones(),
					new EventId(this.times[index(this.first)], this.first - 1), this.limits.droppedMilestones());
		}
		if (oldest.hasMilestones()) {
			List<ProgressEvent> events = new ArrayList<>(oldest.size());
			oldest.read(0, oldest.size(), events);
			for (int i = 0; i < events.size(); i++) {
				if (events.get(i).kind() != EventKind.TICK) {
					this.before.add(new StoredEvent(id(this.first + i), events.get(i)));
				}
			}
		}
		this.first += oldest.size();
	}

	/** Removes the first block only when the last one is full. */
	private void grow() {
		long most = (long) this.limits.events() + EventBlock.MAX_EVENTS;
		long[] larger = new long[(int) Math.min(most, this.times.length * 2L)];
		for (long n = this.first; n <= this.last; n++) {
			larger[(int) (n % larger.length)] = this.times[index(n)];
		}
		this.times = larger;
	}

	private EventId id(long n) {
		return new EventId(this.times[index(n)], n);
	}

	private int index(long n) {
		return (int) (n % this.times.length);
	}

}
