package io.progress.sse.stream.admission;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.CursorText;
import io.progress.sse.stream.StaleCursorException;
import io.progress.sse.stream.StreamMeters;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.StreamSettings;
import io.progress.sse.stream.ViewerKind;
import io.progress.sse.stream.feed.EventViewer;
import io.progress.sse.stream.feed.FeedContext;
import io.progress.sse.stream.feed.ResumePoint;
import io.progress.sse.stream.feed.ViewerLoops;
import io.progress.sse.stream.format.ProgressEventFormats;

/**
 * The event streams of this node.
 */
public final class EventStreams implements AutoCloseable {

	/**
	 * How many tasks an event passes: from the store to a feed, to a viewer, and through
	 * its buffer.
	 */
	private static final int STEPS = 3;

	private static final Duration STEP = Duration.ofMillis(100);

	private final ReentrantLock lock = new ReentrantLock();

	private final Supplier<RunningStreams> begin;

	private final boolean index;

	/** {@code null} before the first request, and before the first one after a pause. */
	private volatile @Nullable RunningStreams running;

	/**
	 * Creates the streams.
	 * @param store the store of the jobs
	 * @param formats the formats
	 * @param settings the settings
	 * @param meters counts streams and events
	 * @param nanoTime measures time, like {@link System#nanoTime()}
	 */
	public EventStreams(ProgressEventStore store, ProgressEventFormats formats, StreamSettings settings,
			StreamMeters meters, LongSupplier nanoTime) {
		long startedAt = nanoTime.getAsLong();
		LongSupplier clock = () -> nanoTime.getAsLong() - startedAt + 1;
		this.index = store instanceof JobIndex;
		this.begin = () -> RunningStreams.of(store, formats, settings, meters, clock);
	}

	private RunningStreams running() {
		RunningStreams known = this.running;
		return (known != null) ? known : prepare(RunningStreams::start);
	}

	private RunningStreams prepare(Consumer<RunningStreams> whenNew) {
		this.lock.lock();
		try {
			RunningStreams known = this.running;
			if (known == null) {
				known = this.begin.get();
				whenNew.accept(known);
				this.running = known;
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Without threads, if there has been no request yet. */
	private RunningStreams ending() {
		return prepare((idle) -> {
		});
	}

	/**
	 * Answers a request.
	 * @param request the request
	 * @return the answer, also if the store is unreachable
	 */
	public Mono<StreamAnswer> open(StreamRequest request) {
		return running().admission().decide(request);
	}

	/**
	 * Returns the state of a job, without a check of access.
	 * @param job the job
	 * @return a page without events; empty if there is no such job; an error if the store
	 * is unreachable or does not answer within 3 s
	 */
	public Mono<EventPage> look(JobId job) {
		return running().admission().page(job, null);
	}

	/**
	 * Whether the store can list jobs.
	 * @return {@code false} if it keeps no index
	 */
	public boolean hasIndex() {
		return this.index;
	}

	/**
	 * A page of jobs, no matter who may see them.
	 * @param query which jobs
	 * @return the page; empty if the store keeps no index; an error if the store is out
	 * of reach or has no answer within 3 s, and an {@link IllegalArgumentException} if
	 * the cursor is not good
	 */
	public Mono<JobPage> jobs(JobQuery query) {
		return running().admission().jobs(query);
	}

	/**
	 * Checks the limits for one more stream, of any job.
	 * @param principal the name of the caller; {@code null} if it is not known
	 * @return the refusal; empty if there is room. Takes up to a second if the principal
	 * has too many streams, because some of them may have lost their clients
	 */
	public Mono<StreamAnswer.Refused> refusal(@Nullable String principal) {
		return running().admission().refusal(principal);
	}

	/**
	 * Whether a client would get a stream of a job, even if it then only waits for the
	 * job. A job that the client may not see counts as one that does not exist.
	 * @param job the job
	 * @param access whether the client may watch the job
	 * @return {@code false} if the answer would be that there is no such job; an error if
	 * the store is unreachable
	 */
	public Mono<Boolean> admits(JobId job, Function<JobInfo, Mono<Boolean>> access) {
		return Mono.defer(() -> running().admission().admits(job, access));
	}

	/**
	 * Returns the events of a job, for use in this process: in order, without a gap and
	 * without a duplicate, every milestone; a slow subscriber misses intermediate ticks.
	 * Access to the job is not checked.
	 * @param job the job, which need not exist yet
	 * @param cursor the id of the event to begin after; {@code null}, empty or {@code 0}
	 * for all stored events, {@code now} for new events, {@code latest} for the newest
	 * event and new ones
	 * @return the events. Completes after the terminal event, if the job does not exist
	 * after the usual waiting time, at once if the cursor is the id of an event and the
	 * job does not exist, and when the node shuts down. Fails with
	 * {@link StaleCursorException} if the events after the cursor are lost, otherwise
	 * only if the store is unreachable at the beginning. Signals come on threads that may
	 * be blocked
	 */
	public Flux<StoredEvent> events(JobId job, @Nullable String cursor) {
		return Mono.defer(() -> running().admission().look(job, CursorText.parse(cursor, 1, false).get(0)))
			.flatMapMany(this::follow);
	}

	private Flux<StoredEvent> follow(ResumePoint point) {
		if (point.isOver()) {
			return Flux.empty();
		}
		if (point.isStale() && point.page() != null) {
			return Flux.error(new StaleCursorException(point.job(), point.page().latest().id()));
		}
		return Flux.from(new EventViewer(context(), point));
	}

	/**
	 * Returns one of our own loops, for connections without an event loop.
	 * @return one of a few loops, in turn
	 */
	public Executor ownLoop() {
		return context().loops().next();
	}

	/**
	 * Returns an executor whose threads may be blocked, separate from those of the
	 * application: it has one thread for each blocked task, and none while it has no
	 * tasks.
	 * @return an executor that refuses tasks after this was closed
	 */
	public Executor blockingThreads() {
		return (task) -> context().loops().forSubscriber().execute(task);
	}

	/**
	 * Returns the number of open streams.
	 * @return the number
	 */
	public int streams() {
		return count((context) -> context.counts().streams());
	}

	/**
	 * Returns the number of viewers of a kind. A stream of several jobs is one viewer.
	 * @param kind the kind
	 * @return the number
	 */
	public int viewers(ViewerKind kind) {
		return count((context) -> context.counts().viewers(kind).get());
	}

	/**
	 * Returns how many stored events viewers have read again.
	 * @return the number since the start
	 */
	public long replayedEvents() {
		RunningStreams known = this.running;
		return (known != null) ? known.context().feeds().replayedEvents() : 0;
	}

	/**
	 * Returns the number of jobs that are followed.
	 * @return the number
	 */
	public int feeds() {
		return count((context) -> context.feeds().size());
	}

	/**
	 * Returns how many open streams of this node follow a job.
	 * @param job the job, which need not exist
	 * @return the number, without those of other nodes
	 */
	public int viewers(JobId job) {
		return count((context) -> context.feeds().viewers(job));
	}

	/**
	 * Returns the number of jobs that streams wait for.
	 * @return the number
	 */
	public int awaitedJobs() {
		return count((context) -> context.waitingRoom().jobs());
	}

	/**
	 * Whether another caller waits for a job on this node. The id is reserved for the
	 * first caller with a name that waits for it, as long as any stream waits for it.
	 * @param job the job, which does not exist yet
	 * @param caller name of the caller who would start it; {@code null} if it is not
	 * known
	 * @return {@code true} if so
	 */
	public boolean isAwaitedByAnother(JobId job, @Nullable String caller) {
		RunningStreams known = this.running;
		return known != null && known.context().waitingRoom().isForAnother(job, caller);
	}

	/**
	 * Ends all streams, tells each client when to reconnect, and disconnects clients that
	 * do not read this. Streams whose job has just ended get its end instead. New
	 * requests are refused.
	 * @param patience how long to wait for the last byte to be sent
	 */
	public void sayGoodbye(Duration patience) {
		ViewerLoops loops = ending().context().loops();
		for (int i = 0; i < STEPS; i++) {
			loops.settle(STEP);
		}
		loops.refuseNew();
		loops.endAll();
		long deadline = System.nanoTime() + patience.toNanos();
		while (streams() > 0 && System.nanoTime() - deadline < 0) {
			LockSupport.parkNanos(5_000_000);
		}
	}

	/**
	 * Ends all streams of a principal on this node, after a logout. Clients that are
	 * still logged in with another session reconnect and miss nothing.
	 * @param principal the principal's name
	 */
	public void closeAll(String principal) {
		RunningStreams known = this.running;
		if (known != null) {
			known.context().loops().endAll(principal);
		}
	}

	/**
	 * Stops everything without a message to clients. Waits up to a second for its
	 * threads.
	 */
	@Override
	public void close() {
		ending().close();
	}

	/**
	 * Accepts requests again after this was closed.
	 */
	public void reopen() {
		this.running = null;
	}

	private FeedContext context() {
		return running().context();
	}

	private int count(ToIntFunction<FeedContext> counter) {
		RunningStreams known = this.running;
		return (known != null) ? counter.applyAsInt(known.context()) : 0;
	}

}
