package io.progress.sse.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

/**
 * The newest events of a job, found by the {@code n} of their ids, which is dense. Never
 * empty when it is read. Only the very newest is kept as it is, the others are packed.
 */
final class EventRing {

	private static final int INITIAL_CAPACITY = 8;

	private static final int FIRST_BLOCK_BYTES = 256;

	private final ProgressEvent blank;

	private final int maxSize;

	/** The {@code ms} of the ids. */
	private long[] times;

	private final Deque<EventBlock> blocks = new ArrayDeque<>(2);

	/** The block for the next event; {@code null} if that begins one. */
	private @Nullable EventBlock open;

	/** The {@code n} of the first event in the blocks, which may be gone. */
	private long firstPacked = 1;

	/** The {@code n} of the oldest event. */
	private long first = 1;

	/** The {@code n} of the newest event. */
	private long last;

	private @Nullable StoredEvent latest;

	EventRing(JobInfo job, int maxSize) {
		this.blank = ProgressEvent.builder(job, JobState.QUEUED, job.createdAt()).build();
		this.maxSize = maxSize;
		this.times = new long[Math.min(maxSize, INITIAL_CAPACITY)];
	}

	void add(StoredEvent event) {
		if (size() == this.maxSize) {
			dropOldest();
		}
		else if (size() == this.times.length) {
			grow();
		}
		this.last = event.id().n();
		this.times[index(this.last)] = event.id().ms();
		this.latest = event;
		pack(event.event());
	}

	int size() {
		return (int) (this.last - this.first + 1);
	}

	EventId earliest() {
		return id(this.first);
	}

	StoredEvent latest() {
		if (this.latest == null) {
			throw new IllegalStateException("A ring must not be read while it is empty");
		}
		return this.latest;
	}

	boolean contains(EventId id) {
		return id.n() >= this.first && id.n() <= this.last && this.times[index(id.n())] == id.ms();
	}

	List<StoredEvent> after(long n, int limit) {
		long next = Math.max(n + 1, this.first);
		int count = (int) Math.min(limit, this.last - next + 1);
		if (count <= 0) {
			return List.of();
		}
		if (next == this.last) {
			return List.of(latest());
		}
		List<ProgressEvent> unpacked = new ArrayList<>(count);
		long begin = this.firstPacked;
		for (EventBlock block : this.blocks) {
			if (begin + block.size() > next + unpacked.size() && unpacked.size() < count) {
				block.read((int) Math.max(0, next - begin), count - unpacked.size(), unpacked);
			}
			begin += block.size();
		}
		List<StoredEvent> found = new ArrayList<>(count);
		for (ProgressEvent event : unpacked) {
			found.add(new StoredEvent(id(next + found.size()), event));
		}
		return found;
	}

	void keepLatest() {
		StoredEvent kept = latest();
		this.blocks.clear();
		this.open = null;
		this.times = new long[] { kept.id().ms() };
		this.first = this.last;
		this.firstPacked = this.last;
		pack(kept.event());
	}

	private void pack(ProgressEvent event) {
		EventBlock block = this.open;
		if (block == null) {
			EventBlock before = this.blocks.peekLast();
			block = new EventBlock(this.blank, (before != null) ? before.bytes() : FIRST_BLOCK_BYTES);
			this.blocks.addLast(block);
		}
		this.open = block.add(event) ? block : null;
	}

	private void dropOldest() {
		this.first++;
		EventBlock oldest = this.blocks.peekFirst();
		if (oldest != null && this.first >= this.firstPacked + oldest.size()) {
			this.firstPacked += oldest.size();
			this.blocks.removeFirst();
			this.open = this.blocks.isEmpty() ? null : this.open;
		}
	}

	private void grow() {
		long[] larger = new long[Math.min(this.maxSize, this.times.length * 2)];
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
