package io.progress.sse.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.TailSignal;

/**
 * The newest events of one watched job, once per node, for all its viewers.
 * <ol>
 * <li>It follows the job from the oldest retained event on. Each event becomes an entry,
 * numbered without a hole, in a ring bounded by count and by bytes of frames.</li>
 * <li>A milestone that leaves the ring goes to a second queue of the same bound, so that
 * a viewer that fell behind the ring misses ticks only.</li>
 * <li>A viewer finds its place by the id of the last event it has seen, nothing else.
 * When the feed does not hold that id, the viewer reads the store's pages until it has
 * reached an event that the feed holds.</li>
 * <li>When the job's position was lost (see {@link TailSignal.Reset}), all entries go,
 * and the newest event stands for what is missing; viewers from before are told.</li>
 * </ol>
 */
final class Feed {

	/** The feed does not hold the id, but may still come across it. */
	static final long WAIT = -1;

	/** The feed does not hold the id; the store must be read. */
	static final long READ = -2;

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private final JobId job;

	private final ProgressEventStore store;

	private final StreamSettings.Window window;

	private final Disposable.Swap following = Disposables.swap();

	private final CopyOnWriteArrayList<Shard> shards = new CopyOnWriteArrayList<>();

	private final Entry[] ring;

	private final Deque<Entry> milestones = new ArrayDeque<>();

	private final AtomicLong bytes = new AtomicLong();

	private long first;

	private long end;

	private long milestonesFrom;

	private @Nullable Entry reset;

	private boolean caughtUp;

	private boolean ended;

	private volatile @Nullable JobInfo info;

	private volatile boolean unknown;

	private volatile boolean broken;

	/** Changed under the registry's guard, as is the next. */
	private final AtomicInteger viewers = new AtomicInteger();

	private volatile long lingersUntil;

	Feed(JobId job, ProgressEventStore store, StreamSettings.Window window) {
		this.job = job;
		this.store = store;
		this.window = window;
		this.ring = new Entry[window.events()];
	}

	void follow(Flux<TailSignal> tail) {
		this.following.update(tail.subscribe(this::onSignal, this::onError, this::onEnd));
	}

	void stop() {
		this.following.dispose();
	}

	Mono<EventPage> read(@Nullable EventId after, int limit) {
		return this.store.read(this.job, after, limit).timeout(READ_TIMEOUT);
	}

	JobId job() {
		return this.job;
	}

	/**
	 * What is fixed about the job; {@code null} until it is known.
	 */
	@Nullable JobInfo info() {
		return this.info;
	}

	/**
	 * Whether the store has said that there is no such job.
	 */
	boolean isUnknown() {
		return this.unknown;
	}

	/**
	 * Whether it follows its job no more although that has not ended.
	 */
	boolean isBroken() {
		return this.broken;
	}

	/**
	 * Whether a viewer that stands at the given event, or at the beginning of a job that
	 * is not there, can rely on this feed: one that has ended may be of an earlier job of
	 * the same id.
	 */
	synchronized boolean canServe(@Nullable EventId latest) {
		return this.ended ? this.end > this.first && newest().id().equals(latest) : !this.broken;
	}

	synchronized long end() {
		return this.end;
	}

	/**
	 * Number of the entry that follows an event.
	 * @param after the event; {@code null} for the beginning
	 * @return the number, {@link #WAIT} or {@link #READ}
	 */
	synchronized long place(@Nullable EventId after) {
		if (after == null && this.first == 0 && this.reset == null) {
			return 0;
		}
		for (long i = this.end - 1; after != null && i >= this.first; i--) {
			if (at(i).id().equals(after)) {
				return i + 1;
			}
		}
		for (Entry each : this.milestones) {
			if (each.id().equals(after)) {
				return each.sequence() + 1;
			}
		}
		return this.caughtUp ? READ : WAIT;
	}

	/**
	 * Copies entries in order.
	 * @param next number of the first
	 * @param limit how many at most
	 * @param conflate whether a long way may be shortened to milestones and the newest
	 * @param into where to
	 * @return {@code false} if something is missing: then {@code into} holds the entry
	 * that stands for it, or nothing, and the store must be read
	 */
	synchronized boolean copy(long next, int limit, boolean conflate, List<Entry> into) {
		if (this.reset != null && next <= this.reset.sequence()) {
			into.add(this.reset);
			return false;
		}
		if (next < this.first && next < this.milestonesFrom) {
			return false;
		}
		boolean shorten = next < this.first || (conflate && this.end - next > this.window.lag());
		if (next < this.first) {
			for (Entry each : this.milestones) {
				if (each.sequence() >= next && into.size() < limit) {
					into.add(each);
				}
			}
		}
		for (long i = Math.max(next, this.first); i < this.end && into.size() < limit; i++) {
			if (!shorten || !at(i).isTick() || i == this.end - 1) {
				into.add(at(i));
			}
		}
		return true;
	}

	Shard shard(DrainLoop loop) {
		synchronized (this.shards) {
			for (Shard each : this.shards) {
				if (each.loop() == loop) {
					return each;
				}
			}
			Shard shard = new Shard(loop);
			this.shards.add(shard);
			return shard;
		}
	}

	void addViewer() {
		this.viewers.incrementAndGet();
	}

	int removeViewer() {
		return this.viewers.decrementAndGet();
	}

	void lingerUntil(long time) {
		this.lingersUntil = time;
	}

	/**
	 * Whether the last viewer has been gone for long enough. Asked on any thread, but to
	 * be relied on only under the registry's guard.
	 */
	boolean isAbandoned(long now) {
		return this.viewers.get() == 0 && now >= this.lingersUntil;
	}

	private void onSignal(TailSignal signal) {
		if (signal instanceof TailSignal.Next next) {
			append(next.event());
		}
		else if (signal instanceof TailSignal.CaughtUp caughtUp) {
			onCaughtUp(caughtUp.page().job());
		}
		else if (signal instanceof TailSignal.Reset reset) {
			this.info = reset.page().job();
			onReset(reset.page().latest());
		}
		else if (signal instanceof TailSignal.Restored restored) {
			// The same once more, so that viewers get an id that the store knows.
			append(restored.event());
		}
		else if (signal instanceof TailSignal.Overdue overdue) {
			append(Entry::aside, stalled(overdue.page().latest()));
		}
		else if (signal instanceof TailSignal.Unknown) {
			this.unknown = true;
		}
		this.shards.forEach(Shard::wake);
	}

	private void append(StoredEvent event) {
		append(Entry::new, event);
	}

	private synchronized void append(EntryMaker maker, StoredEvent event) {
		this.unknown = false;
		if (this.end - this.first == this.ring.length) {
			dropOldest();
		}
		this.ring[index(this.end)] = maker.make(event, this.end, this.bytes);
		this.end++;
		while (this.bytes.get() > this.window.bytes() && (this.end - this.first > 1 || !this.milestones.isEmpty())) {
			if (this.end - this.first > 1) {
				dropOldest();
			}
			else {
				dropMilestone();
			}
		}
	}

	/**
	 * What the worker would say if it could.
	 */
	private static StoredEvent stalled(StoredEvent latest) {
		ProgressEvent event = latest.event();
		return new StoredEvent(latest.id(),
				new ProgressEvent(event.jobId(), event.job(), event.parent(), EventKind.TICK, event.state(),
						event.attempt(), event.phase(), event.message(), event.progress(), null, event.data(), null,
						null, true, 0, event.occurredAt(), null));
	}

	private synchronized void onCaughtUp(JobInfo info) {
		this.unknown = false;
		this.info = info;
		this.caughtUp = true;
	}

	private synchronized void onReset(StoredEvent latest) {
		while (this.end > this.first) {
			dropOldest();
		}
		while (!this.milestones.isEmpty()) {
			dropMilestone();
		}
		this.milestonesFrom = this.end;
		append(latest);
		this.reset = newest();
		this.caughtUp = true;
	}

	private void onEnd() {
		synchronized (this) {
			this.ended = true;
			this.caughtUp = true;
		}
		if (this.info == null) {
			// The job came and ended between two looks.
			read(null, 0).subscribe((page) -> {
				onCaughtUp(page.job());
				this.shards.forEach(Shard::wake);
			}, (ex) -> {
				// Who waits for the job asks again when the wait is over.
			});
		}
		this.shards.forEach(Shard::wake);
	}

	private void onError(Throwable ex) {
		this.broken = true;
		this.shards.forEach(Shard::wake);
	}

	private void dropOldest() {
		Entry oldest = at(this.first);
		this.ring[index(this.first)] = null;
		this.first++;
		if (oldest.isTick()) {
			oldest.drop();
			return;
		}
		if (this.milestones.size() == this.ring.length) {
			dropMilestone();
		}
		this.milestones.addLast(oldest);
	}

	private void dropMilestone() {
		Entry oldest = this.milestones.removeFirst();
		oldest.drop();
		this.milestonesFrom = oldest.sequence() + 1;
	}

	private Entry newest() {
		return at(this.end - 1);
	}

	private Entry at(long number) {
		return this.ring[index(number)];
	}

	private int index(long number) {
		return (int) (number % this.ring.length);
	}

	/** Makes an entry. */
	private interface EntryMaker {

		Entry make(StoredEvent event, long sequence, AtomicLong bytes);

	}

}
