package io.progress.sse.stream;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

import io.progress.sse.event.JobInfo;

/**
 * Somebody who watches jobs, with a place in the feed of each and a demand. All but
 * demand and cancellation is confined to the viewer's loop.
 * <ol>
 * <li>It goes to its loop when it is first asked for something, and stays there.</li>
 * <li>It is visited when a feed has something new, when its client asks for more, and now
 * and then. A visit hands over what there is, provided that there is room for it.</li>
 * <li>While there is no room nothing is collected for it. Afterwards the feed is asked to
 * shorten what was missed.</li>
 * <li>It ends behind the terminal event of its last job. A job that is not there is
 * waited for.</li>
 * </ol>
 *
 * @param <T> what it hands over
 */
abstract class Viewer<T> implements Publisher<T>, Subscription {

	private static final Logger logger = LoggerFactory.getLogger(Viewer.class);

	/** How many events a visit hands over at most, so that others have their turn. */
	static final int MAX_EVENTS = 64;

	private final ProgressFeeds feeds;

	private final DrainLoop loop;

	private final List<FeedCursor.Start> starts;

	private final Function<JobInfo, Mono<Boolean>> access;

	private final Runnable drain = this::drain;

	private final AtomicLong demand = new AtomicLong();

	private final AtomicBoolean started = new AtomicBoolean();

	private @Nullable Subscriber<? super T> subscriber;

	private WatchedJobs jobs = WatchedJobs.NONE;

	private volatile boolean ended;

	private long blockedSince;

	Viewer(ProgressFeeds feeds, DrainLoop loop, List<FeedCursor.Start> starts,
			Function<JobInfo, Mono<Boolean>> access) {
		this.feeds = feeds;
		this.loop = loop;
		this.starts = starts;
		this.access = access;
	}

	/**
	 * Hands over entries that follow a job's cursor, at least the first, and moves the
	 * cursor behind each.
	 */
	abstract void deliver(WatchedJob job, List<Entry> entries);

	/**
	 * Deals with events that are lost.
	 * @param latest the event that stands for them
	 */
	abstract void onLost(WatchedJob job, Entry latest);

	/**
	 * Deals with a job that did not come.
	 */
	abstract void onUnknown(WatchedJob job);

	/**
	 * Says whatever is to be said first. Called on the thread that asked first.
	 */
	void onStart() {
	}

	/**
	 * Hears that it is on its loop.
	 */
	void onJoin() {
	}

	/**
	 * Who watches.
	 * @return the caller's name; {@code null} if nobody knows it
	 */
	@Nullable String caller() {
		return null;
	}

	/**
	 * Looks after what else is a matter of time.
	 */
	void onTick(long now) {
	}

	/**
	 * Looks after a viewer that has no room.
	 */
	void onBlocked(long now, long blockedSince) {
	}

	/**
	 * Hears that a principal has logged out.
	 */
	void onLeft(String principal) {
	}

	/**
	 * Hears that nothing more will be asked of it.
	 */
	void onLeave() {
	}

	/**
	 * Hears that the node shuts down.
	 */
	abstract void onShutdown();

	/**
	 * Ends the stream, whatever it has handed over.
	 * @param ex what kept it from going on
	 */
	abstract void onFailure(Throwable ex);

	@Override
	public final void subscribe(Subscriber<? super T> subscriber) {
		if (this.subscriber != null) {
			Operators.error(subscriber, new IllegalStateException("A stream must be subscribed to only once"));
			return;
		}
		this.subscriber = subscriber;
		subscriber.onSubscribe(this);
	}

	@Override
	public final void request(long n) {
		if (n <= 0) {
			// Reactive Streams 3.9.
			this.loop.execute(() -> onFailure(new IllegalArgumentException("'n' must be positive, but is " + n)));
			return;
		}
		this.demand.accumulateAndGet(n, Operators::addCap);
		if (this.started.compareAndSet(false, true)) {
			onStart();
			this.loop.execute(() -> visit(this::join));
		}
		else {
			this.loop.execute(this.drain);
		}
	}

	@Override
	public final void cancel() {
		this.started.set(true);
		this.loop.execute(this::leave);
	}

	/**
	 * Hands over what there is, if there is room.
	 */
	final void drain() {
		visit(this::drainJobs);
	}

	/**
	 * Looks after what is a matter of time.
	 */
	final void tick(long now) {
		visit(() -> tickJobs(now));
	}

	/**
	 * Does something with an open stream, and ends it if that fails: what one of them
	 * meets with is no matter of the others.
	 */
	final void visit(Runnable action) {
		if (this.ended) {
			return;
		}
		try {
			action.run();
		}
		catch (Throwable ex) {
			logger.warn("A progress stream was left in the middle", ex);
			if (!this.ended) {
				onFailure(ex);
			}
		}
	}

	final ProgressFeeds feeds() {
		return this.feeds;
	}

	final DrainLoop loop() {
		return this.loop;
	}

	final List<WatchedJob> jobs() {
		return this.jobs.all();
	}

	final boolean isEnded() {
		return this.ended;
	}

	final long demand() {
		return this.demand.get();
	}

	boolean hasRoom() {
		return this.demand.get() > 0;
	}

	final void emit(T item) {
		this.demand.decrementAndGet();
		this.blockedSince = 0;
		subscriber().onNext(item);
	}

	final void complete() {
		leave();
		subscriber().onComplete();
	}

	final void fail(Throwable ex) {
		leave();
		subscriber().onError(ex);
	}

	final void completeIfOver() {
		if (this.jobs.isOver()) {
			complete();
		}
	}

	final void drainAgain() {
		this.loop.execute(this.drain);
	}

	final void leave() {
		if (this.ended) {
			return;
		}
		this.ended = true;
		this.loop.remove(this);
		for (WatchedJob each : this.jobs.all()) {
			each.leave();
			each.feed().shard(this.loop).remove(this);
			this.feeds.leave(each.feed());
		}
		onLeave();
	}

	private void join() {
		onJoin();
		this.loop.add(this);
		this.jobs = new WatchedJobs(this.starts.stream().map(this::watch).toList());
		if (this.feeds.isClosing()) {
			onShutdown();
		}
		else {
			completeIfOver();
			drain();
		}
	}

	private WatchedJob watch(FeedCursor.Start start) {
		Feed feed = this.feeds.join(start.job(), start.latest());
		feed.shard(this.loop).add(this);
		return new WatchedJob(start, feed, this.loop, this.drain, this.feeds.waitingRoom(), caller());
	}

	private void drainJobs() {
		if (hasRoom()) {
			this.jobs.visit(this::mayGoOn, this::drain);
		}
		else if (this.blockedSince == 0 && this.jobs.isBehind()) {
			this.blockedSince = this.feeds.now();
		}
	}

	private void tickJobs(long now) {
		if (!hasRoom()) {
			this.blockedSince = (this.blockedSince != 0) ? this.blockedSince : now;
			onBlocked(now, this.blockedSince);
			return;
		}
		this.jobs.visit(this::mayGoOn, (job) -> tick(job, now));
		if (mayGoOn()) {
			this.blockedSince = 0;
			onTick(now);
		}
	}

	private boolean mayGoOn() {
		return !this.ended && hasRoom();
	}

	private boolean drain(WatchedJob job) {
		if (!job.isAdmitted(this.access)) {
			return false;
		}
		List<Entry> entries = this.loop.scratch();
		if (!job.cursor().peek(entries, MAX_EVENTS, this.blockedSince != 0)) {
			this.feeds.meters().stale();
			onLost(job, entries.get(0));
			return true;
		}
		if (!entries.isEmpty()) {
			deliver(job, entries);
		}
		return !entries.isEmpty();
	}

	private boolean tick(WatchedJob job, long now) {
		if (job.feed().isBroken()) {
			onShutdown();
			return false;
		}
		boolean drained = false;
		if (job.cursor().isBehind()) {
			job.cursor().retry();
			drained = drain(job);
		}
		if (mayGoOn() && job.isWaitOver(now, this.feeds.settings().waiting().time().toNanos())) {
			job.endUnknown();
			onUnknown(job);
			return true;
		}
		return drained;
	}

	private Subscriber<? super T> subscriber() {
		Subscriber<? super T> subscriber = this.subscriber;
		if (subscriber == null) {
			throw new IllegalStateException("A stream must not be written before it is subscribed to");
		}
		return subscriber;
	}

}
