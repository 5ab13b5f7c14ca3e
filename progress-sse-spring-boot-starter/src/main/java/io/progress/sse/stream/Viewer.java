package io.progress.sse.stream;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
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
abstract class Viewer<T> extends LoopPublisher<T> {

	/** How many events a visit hands over at most, so that others have their turn. */
	static final int MAX_EVENTS = 64;

	private final ProgressFeeds feeds;

	private final List<FeedCursor.Start> starts;

	private final Function<JobInfo, Mono<Boolean>> access;

	private WatchedJobs jobs = WatchedJobs.NONE;

	private long blockedSince;

	Viewer(ProgressFeeds feeds, DrainLoop loop, List<FeedCursor.Start> starts,
			Function<JobInfo, Mono<Boolean>> access) {
		super(loop);
		this.feeds = feeds;
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
	 * @param latest the newest event
	 */
	abstract void onLost(WatchedJob job, Entry latest);

	/**
	 * Deals with a job that did not come, or is gone.
	 */
	abstract void onUnknown(WatchedJob job);

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
	 * Whose places it takes while it waits for jobs.
	 */
	Object client() {
		return this;
	}

	/**
	 * Counts it as a viewer of a job that it may see.
	 * @return whether it is counted
	 */
	boolean enter(JobId job) {
		return false;
	}

	/**
	 * Counts it no more.
	 */
	void leave(JobId job) {
	}

	/**
	 * Hears that it must wait no longer, because others have to.
	 */
	void onRetired() {
		onShutdown();
	}

	/**
	 * Sends something now if it is the principal's, to find out whether the client is
	 * still there.
	 */
	void onProbe(String principal) {
	}

	/**
	 * Where a job is followed that nobody has watched before: best where its events are
	 * wanted.
	 */
	DrainLoop followingLoop() {
		return loop();
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
	 * Hears that the node shuts down.
	 */
	abstract void onShutdown();

	/**
	 * Looks after what is a matter of time.
	 */
	final void tick(long now) {
		visit(() -> {
			if (hasRoom()) {
				tickJobs(now);
			}
			else {
				this.blockedSince = (this.blockedSince != 0) ? this.blockedSince : now;
				onBlocked(now, this.blockedSince);
			}
		});
	}

	final ProgressFeeds feeds() {
		return this.feeds;
	}

	final List<WatchedJob> jobs() {
		return this.jobs.all();
	}

	@Override
	final void emit(T item) {
		this.blockedSince = 0;
		super.emit(item);
	}

	final void completeIfOver() {
		if (this.jobs.isOver()) {
			complete();
		}
	}

	@Override
	final void join() {
		onJoin();
		loop().add(this);
		this.jobs = new WatchedJobs(this.starts.stream().map(this::watch).toList());
		if (this.feeds.isClosing()) {
			onShutdown();
		}
		else {
			completeIfOver();
			drainNow();
		}
	}

	@Override
	final void drain() {
		if (hasRoom()) {
			this.jobs.visit(this::mayGoOn, this::drain);
		}
		else if (this.blockedSince == 0 && this.jobs.isBehind()) {
			this.blockedSince = this.feeds.now();
		}
	}

	@Override
	void onLeave() {
		loop().remove(this);
		for (WatchedJob each : this.jobs.all()) {
			each.leave();
			each.feed().shard(loop()).remove(this);
			this.feeds.leave(each.feed());
		}
	}

	private WatchedJob watch(FeedCursor.Start start) {
		Feed feed = this.feeds.join(start, followingLoop()::executeIfAlive);
		feed.shard(loop()).add(this);
		return new WatchedJob(start, feed, loop(), this::drainNow, this);
	}

	final WaitingRoom.Place await(JobId job) {
		return this.feeds.waitingRoom()
			.enter(job, caller(), client(), () -> loop().execute(() -> visit(this::onRetired)));
	}

	final void giveUp(WaitingRoom.Place place) {
		this.feeds.waitingRoom().leave(place);
	}

	private void tickJobs(long now) {
		this.jobs.visit(this::mayGoOn, (job) -> tick(job, now));
		if (mayGoOn()) {
			this.blockedSince = 0;
			onTick(now);
		}
	}

	private boolean mayGoOn() {
		return !isEnded() && hasRoom();
	}

	private boolean drain(WatchedJob job) {
		if (job.isGone()) {
			endUnknown(job);
			return true;
		}
		if (!job.isAdmitted(this.access)) {
			return false;
		}
		List<Entry> entries = loop().scratch();
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
			endUnknown(job);
			return true;
		}
		return drained;
	}

	private void endUnknown(WatchedJob job) {
		job.endUnknown();
		onUnknown(job);
	}

}
