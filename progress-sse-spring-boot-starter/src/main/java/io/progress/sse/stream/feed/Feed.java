package io.progress.sse.stream.feed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

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
import io.progress.sse.stream.StreamSettings;
import io.progress.sse.tail.TailSignal;

/**
 * Follows a watched job once per node for all its viewers, from the oldest stored event
 * on. A viewer finds its position only by the id of the last event that it has seen. When
 * the feed does not hold that id, the viewer reads the store's pages until it has reached
 * an event that the feed holds.
 */
final class Feed {

	/** The feed does not hold the id, but may still reach it. */
	static final long WAIT = -1;

	/** The feed does not hold the id; the store must be read. */
	static final long READ = -2;

	/**
	 * How many events that its only viewer has already seen the feed keeps, in case the
	 * viewer reconnects. More would only copy the store.
	 */
	private static final int KEPT = 8;

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private final JobId job;

	private final ProgressEventStore store;

	private final LongAdder replayed;

	private final FeedWindow window;

	private final Disposable.Swap following = Disposables.swap();

	private final CopyOnWriteArrayList<FeedViewers> viewersPerLoop = new CopyOnWriteArrayList<>();

	private volatile boolean caughtUp;

	private volatile boolean ended;

	private volatile @Nullable JobInfo info;

	private volatile boolean unknown;

	private volatile boolean broken;

	/** Changed only under the registry's lock, like the next field. */
	private final AtomicInteger viewers = new AtomicInteger();

	private volatile long lingersUntil;

	/**
	 * Creates a feed that follows nothing yet.
	 * @param replayed counts the events that viewers read from the store
	 */
	Feed(JobId job, ProgressEventStore store, StreamSettings.Window window, LongAdder replayed) {
		this.job = job;
		this.store = store;
		this.replayed = replayed;
		this.window = new FeedWindow(window);
	}

	void follow(Flux<TailSignal> tail) {
		this.following.update(tail.subscribe(this::onSignal, this::onError, this::onEnd));
	}

	void stop() {
		this.following.dispose();
	}

	Mono<EventPage> read(@Nullable EventId after, int limit) {
		return this.store.read(this.job, after, limit)
			.timeout(READ_TIMEOUT)
			.doOnNext((page) -> this.replayed.add(page.events().size()));
	}

	JobId job() {
		return this.job;
	}

	/**
	 * Returns the unchanging properties of the job; {@code null} until they are known.
	 */
	@Nullable JobInfo info() {
		return this.info;
	}

	/**
	 * Whether the store has answered that there is no such job.
	 */
	boolean isUnknown() {
		return this.unknown;
	}

	/**
	 * Whether the feed failed before the job ended.
	 */
	boolean isBroken() {
		return this.broken;
	}

	/**
	 * Whether a viewer can use this feed. It may still follow an earlier job with the
	 * same id, without knowing that this job was removed.
	 */
	boolean canServe(ResumePoint start) {
		JobInfo known = this.info;
		if (known != null && !known.createdAt().equals(start.createdAt())) {
			return false;
		}
		return this.ended ? start.latest() != null && start.latest().equals(this.window.newest()) : !this.broken;
	}

	/**
	 * Returns the number of the next entry.
	 */
	long end() {
		return this.window.end();
	}

	/**
	 * Returns the number of the entry after an event.
	 * @param after the event; {@code null} for the beginning
	 * @return the number, {@link #WAIT} or {@link #READ}
	 */
	long place(@Nullable EventId after) {
		long place = this.window.place(after);
		if (place != FeedWindow.NOWHERE) {
			return place;
		}
		return this.caughtUp ? READ : WAIT;
	}

	/**
	 * Copies entries in order for a viewer.
	 * @see FeedWindow#copy
	 */
	boolean copy(long next, int limit, boolean conflate, List<FeedEntry> into) {
		if (!isShared()) {
			this.window.forget(next - KEPT);
		}
		return this.window.copy(next, limit, conflate, into);
	}

	FeedViewers viewers(ViewerLoop loop) {
		synchronized (this.viewersPerLoop) {
			for (FeedViewers each : this.viewersPerLoop) {
				if (each.loop() == loop) {
					return each;
				}
			}
			FeedViewers viewers = new FeedViewers(loop);
			this.viewersPerLoop.add(viewers);
			return viewers;
		}
	}

	void addViewer() {
		this.viewers.incrementAndGet();
	}

	int removeViewer() {
		return this.viewers.decrementAndGet();
	}

	int viewers() {
		return this.viewers.get();
	}

	/**
	 * Whether it has several viewers.
	 */
	boolean isShared() {
		return this.viewers.get() > 1;
	}

	void lingerUntil(long time) {
		this.lingersUntil = time;
	}

	/**
	 * Whether the last viewer left long enough ago. May be called on any thread, but the
	 * answer is reliable only under the registry's lock.
	 */
	boolean isAbandoned(long now) {
		return this.viewers.get() == 0 && now >= this.lingersUntil;
	}

	private void onSignal(TailSignal signal) {
		this.unknown = signal instanceof TailSignal.Unknown;
		if (signal instanceof TailSignal.Next next) {
			this.window.append(next.event());
		}
		else if (signal instanceof TailSignal.CaughtUp caughtUp) {
			onCaughtUp(caughtUp.page().job());
		}
		else if (signal instanceof TailSignal.Reset reset) {
			this.window.reset(reset.page().latest());
			onCaughtUp(reset.page().job());
		}
		else if (signal instanceof TailSignal.Restored restored) {
			// Sends the same event again, so that viewers get an id that the store knows.
			this.window.append(restored.event());
		}
		else if (signal instanceof TailSignal.Overdue overdue) {
			this.window.appendAside(aside(overdue.page().latest(), true));
		}
		else if (signal instanceof TailSignal.Heard heard) {
			StoredEvent latest = heard.page().latest();
			this.window.appendAside(aside(latest, latest.event().stalled()));
		}
		this.viewersPerLoop.forEach(FeedViewers::wake);
	}

	private void onCaughtUp(JobInfo info) {
		this.info = info;
		this.caughtUp = true;
	}

	/**
	 * Adds a change of the newest event that is not stored: whether the worker is
	 * stalled.
	 */
	private static StoredEvent aside(StoredEvent latest, boolean stalled) {
		ProgressEvent event = latest.event();
		return new StoredEvent(latest.id(),
				new ProgressEvent(event.jobId(), event.job(), event.parent(), EventKind.TICK, event.state(),
						event.attempt(), event.phase(), event.message(), event.progress(), null, event.data(), null,
						null, stalled, 0, event.occurredAt(), null));
	}

	private void onEnd() {
		this.ended = true;
		this.viewersPerLoop.forEach(FeedViewers::wake);
	}

	private void onError(Throwable ex) {
		this.broken = true;
		this.viewersPerLoop.forEach(FeedViewers::wake);
	}

}
