package io.progress.sse.stream.feed;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;
import io.progress.sse.stream.ViewerKind;

/**
 * A viewer of one or several jobs. Everything except demand and cancellation happens on
 * the viewer's loop.
 * <ol>
 * <li>It moves to its loop at the first request of its subscriber, and stays there.</li>
 * <li>It is visited when a feed has something new, when its subscriber requests more, and
 * periodically. A visit emits the available events, if there is room for them.</li>
 * <li>While there is no room, nothing is buffered for it. Afterwards the feed leaves out
 * ticks that were missed.</li>
 * <li>It ends after the terminal event of its last job. It waits for a job that does not
 * exist yet.</li>
 * </ol>
 *
 * @param <T> the type of its items
 */
abstract class AbstractViewer<T> extends LoopPublisher<T> implements Viewer {

	/** How many events a visit emits at most, so that other viewers get their turn. */
	static final int MAX_EVENTS = 64;

	private final FeedContext context;

	private final Function<JobInfo, Mono<Boolean>> access;

	/** Empty once it has joined. */
	private List<ResumePoint> points;

	private WatchedJobs jobs = WatchedJobs.NONE;

	private long blockedSince;

	/** What is left to do; {@code null} until the viewer is sent away. */
	private @Nullable Runnable farewell;

	private boolean joined;

	AbstractViewer(FeedContext context, ViewerLoop loop, List<ResumePoint> points,
			Function<JobInfo, Mono<Boolean>> access) {
		super(loop);
		this.context = context;
		this.points = points;
		this.access = access;
	}

	abstract ViewerKind kind();

	/**
	 * Creates the places that it takes.
	 * @param sendAway ends the viewer, on its loop
	 */
	abstract ViewerPlaces places(Runnable sendAway);

	/**
	 * Emits the entries after a job's cursor, at least the first one, and moves the
	 * cursor.
	 */
	abstract void deliver(WatchedJob job, List<FeedEntry> entries);

	/**
	 * Called when events are lost.
	 * @param latest the newest event
	 */
	abstract void onLost(WatchedJob job, FeedEntry latest);

	/**
	 * Called when a job did not come in time, or was removed.
	 */
	abstract void onUnknown(WatchedJob job);

	/**
	 * Ends the viewer before its jobs have ended, for example because it has lost its
	 * place. Its client may come back at once.
	 */
	public abstract void endForNow();

	/**
	 * Called when the viewer has moved to its loop.
	 */
	void onJoin() {
	}

	/**
	 * Called when it has begun to follow its jobs.
	 */
	void onJoined() {
	}

	/**
	 * Returns the loop that follows a job without other viewers, preferably the viewer's
	 * own loop.
	 */
	ViewerLoop followingLoop() {
		return loop();
	}

	/**
	 * Called periodically while there is room.
	 */
	void onTick(long now) {
	}

	/**
	 * Called periodically while there is no room.
	 */
	void onBlocked(long now, long blockedSince) {
	}

	@Override
	public void onProbe(String principal) {
	}

	@Override
	public void onLogout(String principal) {
	}

	@Override
	public final void tick(long now) {
		visit(() -> {
			if (!hasRoom()) {
				this.blockedSince = (this.blockedSince != 0) ? this.blockedSince : now;
				onBlocked(now, this.blockedSince);
			}
			else if (this.farewell != null) {
				this.farewell.run();
			}
			else {
				tickJobs(now);
			}
		});
	}

	/**
	 * Runs a task on the loop, unless the viewer has ended by then.
	 */
	public final void onLoop(Runnable task) {
		loop().execute(() -> visit(task));
	}

	final FeedContext context() {
		return this.context;
	}

	final List<WatchedJob> jobs() {
		return this.jobs.all();
	}

	@Override
	final void emit(T item) {
		this.blockedSince = 0;
		super.emit(item);
	}

	/**
	 * Counts entries that are emitted now.
	 * @param entries how many
	 * @param skipped how many others were left out
	 */
	final void count(int entries, long skipped) {
		this.context.meters().delivered(entries);
		if (skipped > 0) {
			this.context.meters().conflated(skipped);
		}
	}

	/**
	 * Ends the viewer if its jobs have ended, or lets other viewers go on before the rest
	 * is emitted.
	 * @param more whether there is a rest
	 */
	final void goOn(boolean more) {
		if (!isEnded()) {
			completeIfOver();
		}
		if (more && !isEnded()) {
			drainLater();
		}
	}

	/**
	 * Called when a job may have ended.
	 */
	void completeIfOver() {
		if (this.jobs.isOver()) {
			complete();
		}
	}

	@Override
	final void join() {
		onJoin();
		loop().add(this);
		this.joined = true;
		this.context.counts().viewers(kind()).incrementAndGet();
		ViewerPlaces places = places(() -> onLoop(this::endForNow));
		this.jobs = new WatchedJobs(this.points.stream().map((point) -> watch(point, places)).toList());
		this.points = List.of();
		if (this.context.loops().isClosing()) {
			onShutdown();
		}
		else {
			onJoined();
			completeIfOver();
			drainNow();
		}
	}

	/**
	 * Follows one more job.
	 */
	final void addJob(ResumePoint point) {
		this.jobs.add(watch(point, places(() -> onLoop(this::endForNow))));
		drainLater();
	}

	/**
	 * Follows a job no longer.
	 */
	final void removeJob(WatchedJob job) {
		this.jobs.remove(job);
		leave(job);
	}

	@Override
	final void drain() {
		if (!hasRoom()) {
			if (this.blockedSince == 0 && this.jobs.isBehind()) {
				this.blockedSince = this.context.now();
			}
		}
		else if (this.farewell != null) {
			this.farewell.run();
		}
		else {
			this.jobs.visit(this::mayGoOn, this::drain);
		}
	}

	/**
	 * Ends the viewer as soon as there is room. It emits no more events.
	 * @param farewell emits the last item and completes
	 */
	final void leaveWith(Runnable farewell) {
		this.farewell = farewell;
		drainNow();
	}

	final boolean isLeaving() {
		return this.farewell != null;
	}

	@Override
	void onLeave() {
		loop().remove(this);
		if (this.joined) {
			this.context.counts().viewers(kind()).decrementAndGet();
		}
		this.jobs.all().forEach(this::leave);
	}

	private void leave(WatchedJob job) {
		job.leave();
		job.feed().viewers(loop()).remove(this);
		this.context.feeds().leave(job.feed());
	}

	private WatchedJob watch(ResumePoint point, ViewerPlaces places) {
		Feed feed = this.context.feeds().join(point, followingLoop()::executeIfAlive);
		feed.viewers(loop()).add(this);
		return new WatchedJob(point, feed, loop(), this::drainNow, places);
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
		List<FeedEntry> entries = loop().scratch();
		if (!job.cursor().peek(entries, MAX_EVENTS, this.blockedSince != 0)) {
			this.context.meters().stale();
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
		if (mayGoOn() && job.isWaitOver(now, this.context.settings().awaitUnknown().toNanos())) {
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
