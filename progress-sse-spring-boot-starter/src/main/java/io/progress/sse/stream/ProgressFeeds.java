package io.progress.sse.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.tail.JobTail;

/**
 * The event streams of this node: decides what becomes of a request for one, and keeps
 * one feed for each watched job.
 */
public final class ProgressFeeds implements AutoCloseable {

	private static final Duration POSITION_CHECK = Duration.ofSeconds(5);

	private static final long MAX_TICK_MILLIS = 500;

	/** From the store to a feed, from there to a viewer, and through its buffer. */
	private static final int STEPS = 3;

	private static final Duration STEP = Duration.ofMillis(100);

	private final ProgressEventFormats formats;

	private final StreamSettings settings;

	private final StreamMeters meters;

	private final LongSupplier nanoTime;

	private final long startedAt;

	private final FeedLoops loops;

	private final FeedRegistry feeds;

	private final StreamAdmission admission;

	private final StreamCounts counts;

	private final WaitingRoom waitingRoom;

	private volatile boolean closing;

	/**
	 * Creates the streams.
	 * @param store where jobs are
	 * @param formats the formats that there are
	 * @param settings the settings
	 * @param meters hears what happens
	 * @param nanoTime measures time, like {@link System#nanoTime()}
	 */
	public ProgressFeeds(ProgressEventStore store, ProgressEventFormats formats, StreamSettings settings,
			StreamMeters meters, LongSupplier nanoTime) {
		this.formats = formats;
		this.settings = settings;
		this.meters = meters;
		this.nanoTime = nanoTime;
		this.startedAt = nanoTime.getAsLong();
		this.loops = new FeedLoops(settings.limits().streams());
		this.counts = new StreamCounts(settings.limits());
		this.waitingRoom = new WaitingRoom(settings.waiting());
		JobTail tail = new JobTail(store, this.loops.scheduler(), POSITION_CHECK);
		this.feeds = new FeedRegistry(store, tail, settings, this::now);
		this.admission = new StreamAdmission(this, store, this.counts);
		this.loops.each(tickMillis(settings), this::tick);
	}

	/**
	 * Decides what becomes of a request.
	 * @param request the request
	 * @return the answer, also if the store is out of reach
	 */
	public Mono<StreamAnswer> open(StreamRequest request) {
		return this.admission.decide(request);
	}

	/**
	 * Where a job stands. Nobody is asked whether it may be watched.
	 * @param job the job
	 * @return a page without events; empty if there is no such job; an error if the store
	 * is out of reach or has no answer within 3 s
	 */
	public Mono<EventPage> look(JobId job) {
		return this.admission.page(job, null);
	}

	/**
	 * What stands against one more stream, whatever it is of.
	 * @param principal whose stream it would be; {@code null} if nobody knows
	 * @return the refusal; empty if there is none. Comes up to a second later where the
	 * principal has too many streams, some of which may have lost their clients
	 */
	public Mono<StreamAnswer.Refused> refusal(@Nullable String principal) {
		return this.admission.refusal(principal);
	}

	/**
	 * Whether a job's stream would be opened, be it to wait for the job: whoever may not
	 * see a job is told what is said of one that is not there.
	 * @param job the job
	 * @param access whether the client may watch the job
	 * @return {@code false} if the answer would be that there is no such job; an error if
	 * the store is out of reach
	 */
	public Mono<Boolean> admits(JobId job, Function<JobInfo, Mono<Boolean>> access) {
		return Mono.defer(() -> this.admission.admits(job, access));
	}

	/**
	 * The events of a job, for use in this process: in order, without a gap and without a
	 * duplicate, every milestone; a subscriber that does not keep up misses intermediate
	 * ticks. Nobody is asked whether the job may be watched.
	 * @param job the job, which need not have come yet
	 * @param cursor the id of the event to begin behind; {@code null}, empty or {@code 0}
	 * for all that is retained, {@code now} for what comes, {@code latest} for the newest
	 * event and what comes
	 * @return the events; ends behind the terminal event, when a job has not come after
	 * the usual wait, at once when the cursor is an event's and the job is not there, and
	 * when the node shuts down. Fails with {@link StaleCursorException} if the cursor is
	 * not good (any more), otherwise only if the store is out of reach at the beginning.
	 * Subscribers hear it on threads that they may block
	 */
	public Flux<StoredEvent> events(JobId job, @Nullable String cursor) {
		return Mono.defer(() -> this.admission.look(job, CursorText.parse(cursor, 1, false).get(0)))
			.flatMapMany(this::follow);
	}

	private Flux<StoredEvent> follow(Standing standing) {
		if (standing.isOver()) {
			return Flux.empty();
		}
		if (standing.isStale() && standing.page() != null) {
			return Flux.error(new StaleCursorException(standing.job(), standing.page().latest().id()));
		}
		return Flux.from(new EventViewer(this, standing.start()));
	}

	/**
	 * A loop of this class's own, for connections without an event loop.
	 * @return one of few, in turn
	 */
	public Executor ownLoop() {
		return this.loops.next();
	}

	/**
	 * Threads that may be blocked, apart from those of the application: one for each task
	 * that blocks, and none for those that have nothing to do.
	 * @return an executor that takes no more tasks once this is closed
	 */
	public Executor blockingThreads() {
		return this.loops.forSubscriber();
	}

	/**
	 * How many streams are open.
	 * @return the number
	 */
	public int streams() {
		return this.counts.streams();
	}

	/**
	 * How many jobs are followed.
	 * @return the number
	 */
	public int feeds() {
		return this.feeds.size();
	}

	/**
	 * How many jobs are waited for.
	 * @return the number
	 */
	public int awaitedJobs() {
		return this.waitingRoom.jobs();
	}

	/**
	 * Whether somebody else waits for a job on this node. It belongs to the first who
	 * waits and whose name is known, for as long as anybody waits.
	 * @param job the job, which has not come yet
	 * @param caller name of whoever would start it; {@code null} if nobody knows it
	 * @return {@code true} if so
	 */
	public boolean isAwaitedByAnother(JobId job, @Nullable String caller) {
		return this.waitingRoom.isForAnother(job, caller);
	}

	/**
	 * Ends all streams, telling each when to come back, and cuts those that do not take
	 * it. Those whose job has ended just before are told of that instead. New requests
	 * are refused.
	 * @param patience how long to wait for the last byte to be sent
	 */
	public void sayGoodbye(Duration patience) {
		for (int i = 0; i < STEPS; i++) {
			this.loops.settle(STEP);
		}
		this.closing = true;
		this.loops.forEachViewer(Viewer::onShutdown);
		long deadline = System.nanoTime() + patience.toNanos();
		while (this.counts.streams() > 0 && System.nanoTime() - deadline < 0) {
			LockSupport.parkNanos(5_000_000);
		}
	}

	/**
	 * Ends all streams of a principal on this node, for one who has logged out. Clients
	 * that are signed in elsewhere come back and miss nothing.
	 * @param principal the principal's name
	 */
	public void closeAll(String principal) {
		this.loops.forEachViewer((viewer) -> viewer.onLeft(principal));
	}

	/**
	 * Stops everything without a word. Waits up to a second for its threads.
	 */
	@Override
	public void close() {
		this.closing = true;
		this.feeds.stop();
		this.loops.close();
	}

	StreamSettings settings() {
		return this.settings;
	}

	ProgressEventFormats formats() {
		return this.formats;
	}

	StreamMeters meters() {
		return this.meters;
	}

	StreamCounts counts() {
		return this.counts;
	}

	/**
	 * Writes to the streams of a principal, because servlet containers notice only then
	 * that a client has gone.
	 */
	void probe(String principal) {
		this.loops.forEachViewer((viewer) -> viewer.onProbe(principal));
	}

	WaitingRoom waitingRoom() {
		return this.waitingRoom;
	}

	boolean isClosing() {
		return this.closing;
	}

	/**
	 * Nanoseconds since this was created, at least 1.
	 */
	long now() {
		return this.nanoTime.getAsLong() - this.startedAt + 1;
	}

	FeedLoops loops() {
		return this.loops;
	}

	void opened(StreamRequest request) {
		this.counts.add(request);
	}

	void closed(StreamRequest request) {
		this.counts.remove(request);
	}

	/**
	 * The feed of a job, with one more viewer.
	 */
	Feed join(FeedCursor.Start start, Executor loop) {
		return this.feeds.join(start, loop);
	}

	void leave(Feed feed) {
		this.feeds.leave(feed);
	}

	private void tick() {
		long now = now();
		this.loops.forEachViewer((viewer) -> viewer.tick(now));
		this.feeds.sweep();
	}

	private static long tickMillis(StreamSettings settings) {
		Duration shortest = List
			.of(settings.pace().heartbeat(), settings.pace().stallTimeout(), settings.pace().maxDuration())
			.stream()
			.min(Duration::compareTo)
			.orElseThrow();
		return Math.max(10, Math.min(MAX_TICK_MILLIS, shortest.toMillis() / 4));
	}

}
