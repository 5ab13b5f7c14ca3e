package io.progress.sse.tail;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Scheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.LeasedProgressEventStore;
import io.progress.sse.store.LosslessProgressEventStore;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.support.Backoff;

/**
 * One subscription to a {@link JobTail}, which explains the steps. Calls from other
 * threads become tasks of the loop; only the buffer is shared with them.
 */
final class TailSession {

	private static final Duration MIN_PAUSE = Duration.ofMillis(50);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

	private static final long CHECK_MILLIS_WHILE_DOWN = 1_000;

	/** Longer than an idle writer needs to notice the loss. */
	private static final long RESTORE_PATIENCE_MILLIS = 15_000;

	private final ProgressEventStore store;

	private final Scheduler scheduler;

	private final long positionCheck;

	private final JobId job;

	private final FluxSink<TailSignal> sink;

	private final TailTasks tasks;

	private final TailReader reader;

	private final Disposable.Swap listening = Disposables.swap();

	private final Disposable.Swap nextCheck = Disposables.swap();

	private final NoticeBuffer buffer = new NoticeBuffer();

	private final Backoff listenBackoff = backoff();

	private final @Nullable TailLease lease;

	/** Whether the store, once it is ready, never loses a notice. */
	private final boolean lossless;

	private final TailPosition position;

	private Standing standing = Standing.BEHIND;

	private boolean readAgain;

	private boolean ready;

	/** Whether notices have moved the position since the last check. */
	private boolean heard;

	TailSession(ProgressEventStore store, Scheduler scheduler, Executor loop, Duration positionCheck, JobId job,
			@Nullable EventId after, FluxSink<TailSignal> sink) {
		this.store = store;
		this.scheduler = scheduler;
		this.positionCheck = positionCheck.toMillis();
		this.job = job;
		this.position = new TailPosition(after);
		this.sink = sink;
		this.tasks = new TailTasks(loop, scheduler, sink::error);
		this.reader = new TailReader(store, job, scheduler, this.tasks, backoff(), this::onUnread);
		this.lease = (store instanceof LeasedProgressEventStore leased) ? new TailLease(leased, scheduler) : null;
		this.lossless = store instanceof LosslessProgressEventStore && this.lease == null;
	}

	private static Backoff backoff() {
		return new Backoff(MIN_PAUSE, MAX_PAUSE);
	}

	void start() {
		this.sink.onDispose(this::release);
		this.tasks.post(this::listen);
		this.tasks.post(this::scheduleCheck);
	}

	private void listen() {
		Disposable subscription = Flux.defer(() -> this.store.listen(this.job))
			.subscribe(this::onNotice, (ex) -> this.tasks.post(this::onListeningEnd),
					() -> this.tasks.post(this::onListeningEnd));
		this.listening.update(subscription);
	}

	private void onNotice(StoreNotice notice) {
		if (notice instanceof StoreNotice.Live live) {
			if (this.buffer.offer(live)) {
				this.tasks.post(this::drain);
			}
		}
		else {
			boolean nowReady = notice instanceof StoreNotice.Ready;
			this.tasks.post(() -> onReady(nowReady));
		}
	}

	private void onReady(boolean ready) {
		this.ready = ready;
		if (ready) {
			this.listenBackoff.reset();
		}
		scheduleCheck();
		sync();
	}

	private void onListeningEnd() {
		onReady(false);
		this.listening.update(this.tasks.post(this::listen, this.listenBackoff.nextMillis()));
	}

	private void scheduleCheck() {
		if (this.ready && this.lossless) {
			this.nextCheck.update(Disposables.disposed());
			return;
		}
		long interval = this.ready ? this.positionCheck : Math.min(CHECK_MILLIS_WHILE_DOWN, this.positionCheck);
		long atMost = (this.lease != null) ? this.lease.millisToLook() : Long.MAX_VALUE;
		this.nextCheck.update(this.tasks.post(this::check, Math.min(Backoff.spread(interval, 0.2), atMost)));
	}

	private void check() {
		// Only the store tells whether a worker is overdue, so a read is necessary even
		// if notices came.
		boolean proven = this.heard && this.lease == null;
		this.heard = false;
		if (this.lease != null) {
			this.lease.look();
		}
		scheduleCheck();
		if (!proven) {
			sync();
		}
	}

	private void sync() {
		if (!this.reader.isIdle()) {
			this.readAgain = true;
			return;
		}
		this.readAgain = false;
		this.reader.read(this.position.id(), this::onPage);
	}

	private void onUnread() {
		if (this.lease != null) {
			this.lease.outOfSight();
		}
		rest();
	}

	private void onPage(@Nullable EventPage page) {
		if (page == null) {
			onUnknown();
		}
		else if (page.stale()) {
			onStale(page);
		}
		else {
			onEvents(page);
		}
		if (this.lease != null) {
			judge(page, this.lease);
		}
		if (this.readAgain && this.reader.isIdle()) {
			sync();
		}
		drain();
	}

	private void onUnknown() {
		this.reader.succeeded();
		if (this.standing != Standing.UNKNOWN) {
			this.standing = Standing.UNKNOWN;
			this.sink.next(new TailSignal.Unknown());
		}
	}

	private void onStale(EventPage page) {
		ProgressEvent sought = this.position.event();
		if (sought == null) {
			reset(page);
		}
		else {
			this.reader.find(sought, (found) -> onSought(page, found));
		}
	}

	private void onSought(EventPage page, @Nullable StoredEvent found) {
		if (found != null) {
			this.position.moveTo(found);
			this.standing = Standing.BEHIND;
			this.sink.next(new TailSignal.Restored(found));
			sync();
		}
		else if (mayBeRestored(page)) {
			rest();
		}
		else {
			reset(page);
		}
		drain();
	}

	/**
	 * Waits if the store has only lost its newest events, because the writer restores
	 * them soon.
	 */
	private boolean mayBeRestored(EventPage page) {
		return this.position.isNotBefore(page.latest().id()) && this.position
			.aheadFor(this.scheduler.now(TimeUnit.NANOSECONDS) / 1_000_000) < RESTORE_PATIENCE_MILLIS;
	}

	private void reset(EventPage page) {
		this.sink.next(new TailSignal.Reset(page));
		this.standing = Standing.BEHIND;
		onCaughtUp(page);
	}

	private void judge(@Nullable EventPage page, TailLease lease) {
		TailSignal overdue = lease.judge(page);
		if (overdue != null) {
			this.sink.next(overdue);
		}
		scheduleCheck();
	}

	private void onEvents(EventPage page) {
		for (StoredEvent event : page.events()) {
			this.standing = Standing.BEHIND;
			next(event);
		}
		if (this.position.isAt(page.latest().id())) {
			onCaughtUp(page);
		}
		else if (page.events().isEmpty()) {
			rest();
		}
		else {
			sync();
		}
	}

	private void onCaughtUp(EventPage page) {
		this.reader.succeeded();
		this.position.catchUp(page.latest());
		if (this.standing != Standing.CAUGHT_UP) {
			this.standing = Standing.CAUGHT_UP;
			this.sink.next(new TailSignal.CaughtUp(
					new EventPage(page.job(), false, List.of(), page.earliest(), page.latest(), page.lease())));
		}
		if (page.ended()) {
			this.sink.complete();
		}
	}

	private void rest() {
		this.reader.rest(this::sync);
		drain();
	}

	private void drain() {
		if (this.buffer.open()) {
			sync();
		}
		while (!this.reader.isReading() && !this.tasks.isReleased()) {
			StoreNotice.Live live = this.buffer.poll();
			if (live == null) {
				return;
			}
			take(live);
		}
	}

	private void take(StoreNotice.Live live) {
		if (this.position.isFollowedBy(live) && this.standing == Standing.CAUGHT_UP) {
			this.heard = true;
			next(live.event());
			if (live.event().event().isTerminal()) {
				this.sink.complete();
			}
		}
		else if (!this.position.isNotBefore(live.event().id())) {
			sync();
		}
	}

	private void next(StoredEvent event) {
		this.position.moveTo(event);
		this.sink.next(new TailSignal.Next(event));
	}

	private void release() {
		this.tasks.release();
		this.listening.dispose();
		this.reader.dispose();
		this.nextCheck.dispose();
	}

	/** The last signal about the job as a whole. */
	private enum Standing {

		BEHIND, CAUGHT_UP, UNKNOWN

	}

}
