package io.progress.sse.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

/**
 * One open stream. All but demand and cancellation is confined to its loop.
 * <ol>
 * <li>The first frame is sent at once, by whoever asks for it; then the viewer goes to
 * its loop and stays there.</li>
 * <li>It is visited when its feed has something new, when its client asks for more, and
 * now and then. A visit sends what there is in one write, as much as {@link #MAX_WRITE}
 * allows, provided that the connection has room.</li>
 * <li>While there is no room nothing is collected. Afterwards the feed is asked to
 * shorten what was missed. Without room for too long, the connection is cut: to end the
 * stream would mean to wait for its client.</li>
 * <li>It ends after the terminal event of its last job, after its duration, when the wait
 * for an unknown job is over, or when the node shuts down.</li>
 * </ol>
 */
final class Viewer implements Publisher<DataBuffer>, Subscription {

	/** How much is sent at once, in bytes: less than what a connection calls full. */
	private static final int MAX_WRITE = 32 * 1024;

	private static final int MAX_EVENTS = 64;

	private final ProgressFeeds feeds;

	private final StreamSettings settings;

	private final StreamRequest request;

	private final List<FeedCursor.Start> starts;

	private final DataBufferFactory buffers;

	private final Outlet outlet;

	private final DrainLoop loop;

	private final Shape shape;

	private final Runnable drain = this::drain;

	private final AtomicLong demand = new AtomicLong();

	private final AtomicBoolean started = new AtomicBoolean();

	private final AtomicBoolean closed = new AtomicBoolean();

	private @Nullable Subscriber<? super DataBuffer> subscriber;

	private List<WatchedJob> jobs = List.of();

	private boolean ended;

	private long lastWrite;

	private long blockedSince;

	private long endsAt;

	Viewer(ProgressFeeds feeds, StreamRequest request, List<FeedCursor.Start> starts, DataBufferFactory buffers,
			Outlet outlet) {
		this.feeds = feeds;
		this.settings = feeds.settings();
		this.request = request;
		this.starts = starts;
		this.buffers = buffers;
		this.outlet = outlet;
		this.loop = feeds.loop(outlet.loop());
		this.shape = feeds.formats().shape(request.format(), request.manyJobs());
	}

	@Override
	public void subscribe(Subscriber<? super DataBuffer> subscriber) {
		if (this.subscriber != null) {
			Operators.error(subscriber, new IllegalStateException("A stream must be subscribed to only once"));
			return;
		}
		this.subscriber = subscriber;
		subscriber.onSubscribe(this);
	}

	@Override
	public void request(long n) {
		if (!Operators.validate(n)) {
			return;
		}
		this.demand.accumulateAndGet(n, Operators::addCap);
		if (this.started.compareAndSet(false, true)) {
			this.lastWrite = this.feeds.now();
			write(Frames.prelude(this.settings.pace().retry()));
			this.loop.execute(this::join);
		}
		else {
			this.loop.execute(this.drain);
		}
	}

	@Override
	public void cancel() {
		this.loop.execute(this::leave);
	}

	/**
	 * Hears that the response is over.
	 * @return whether it was told so for the first time
	 */
	boolean close() {
		this.loop.execute(this::leave);
		return this.closed.compareAndSet(false, true);
	}

	private void join() {
		if (this.ended || this.closed.get()) {
			return;
		}
		long now = this.feeds.now();
		double share = ThreadLocalRandom.current().nextDouble(0.9, 1.0);
		this.endsAt = now + (long) (share * this.settings.pace().maxDuration().toNanos());
		this.loop.add(this);
		this.jobs = this.starts.stream().map(this::watch).toList();
		if (this.feeds.isClosing()) {
			sayGoodbye(5_000, 15_000);
		}
		drain();
	}

	private WatchedJob watch(FeedCursor.Start start) {
		Feed feed = this.feeds.join(start.job(), start.latest());
		feed.shard(this.loop).add(this);
		return new WatchedJob(start, feed, this.loop, this.drain, this.feeds.waitingRoom());
	}

	private void leave() {
		if (this.ended) {
			return;
		}
		this.ended = true;
		this.loop.remove(this);
		this.jobs.forEach((job) -> {
			job.leave();
			job.cursor().feed().shard(this.loop).remove(this);
			this.feeds.leave(job.cursor().feed());
		});
	}

	/**
	 * Sends what there is, if there is room.
	 */
	void drain() {
		if (this.ended) {
			return;
		}
		if (!hasRoom()) {
			if (this.blockedSince == 0 && this.jobs.stream().anyMatch(WatchedJob::isBehind)) {
				this.blockedSince = this.feeds.now();
			}
			return;
		}
		for (int i = 0; i < this.jobs.size() && !this.ended && hasRoom(); i++) {
			drain(this.jobs.get(i));
		}
	}

	private void drain(WatchedJob job) {
		if (!job.isAdmitted(this.request.access())) {
			return;
		}
		FeedCursor cursor = job.cursor();
		List<Entry> entries = this.loop.scratch();
		if (!cursor.peek(entries, MAX_EVENTS, this.blockedSince != 0)) {
			onLost(cursor, entries.get(0));
		}
		else if (!entries.isEmpty()) {
			send(cursor, entries);
		}
	}

	private void send(FeedCursor cursor, List<Entry> entries) {
		int bytes = 0;
		long skipped = 0;
		int count = 0;
		while (count < entries.size() && bytes < MAX_WRITE) {
			Entry entry = entries.get(count++);
			bytes += entry.frame(this.shape).length;
			skipped += cursor.advance(entry);
		}
		boolean more = count < entries.size() || count == MAX_EVENTS;
		entries.subList(count, entries.size()).clear();
		this.feeds.meters().delivered(count);
		if (skipped > 0) {
			this.feeds.meters().conflated(skipped);
		}
		write(this.loop.joined().join(entries, this.shape));
		endIfOver();
		if (more && !this.ended) {
			this.loop.execute(this.drain);
		}
	}

	private void onLost(FeedCursor cursor, Entry latest) {
		this.feeds.meters().stale();
		if (!this.request.resetWhenStale()) {
			// The client comes back with its cursor and is told by the status.
			complete();
			return;
		}
		cursor.advance(latest);
		byte[] reset = Frames.event("reset",
				PlainJson.bytes(Map.of("jobId", cursor.feed().job().value(), "reason", "stale")));
		write(Frames.concat(reset, Frames.end(null), latest.frame(this.shape)));
		endIfOver();
		this.loop.execute(this.drain);
	}

	/**
	 * Looks after what is a matter of time.
	 */
	void tick(long now) {
		if (this.ended) {
			return;
		}
		if (!hasRoom()) {
			onBlocked(now);
			return;
		}
		drain();
		if (this.ended || !hasRoom()) {
			return;
		}
		this.blockedSince = 0;
		this.jobs.forEach((job) -> {
			job.cursor().retry();
			if (!this.ended && job.isWaitOver(now, this.settings.waiting().time().toNanos())) {
				onUnknown(job);
			}
		});
		if (!this.ended && now - this.endsAt >= 0) {
			sayGoodbye(1_000, 3_000);
		}
		if (!this.ended && hasRoom() && now - this.lastWrite >= this.settings.pace().heartbeat().toNanos()) {
			write(this.request.pings() ? Frames.ping() : Frames.HEARTBEAT);
		}
	}

	private void onBlocked(long now) {
		if (this.blockedSince == 0) {
			this.blockedSince = now;
		}
		else if (now - this.blockedSince >= this.settings.pace().stallTimeout().toNanos()) {
			this.feeds.meters().evicted();
			abort();
		}
	}

	private void onUnknown(WatchedJob job) {
		FeedCursor cursor = job.cursor();
		cursor.end();
		byte[] event = Frames.event("unknown", PlainJson.bytes(Map.of("jobId", cursor.feed().job().value())));
		write(Frames.concat(event, Frames.end(CursorText.UNKNOWN)));
		endIfOver();
	}

	/**
	 * Ends the stream and says when to come back.
	 */
	void sayGoodbye(int minMillis, int maxMillis) {
		if (this.ended) {
			return;
		}
		if (hasRoom()) {
			write(Frames.goodbye(Duration.ofMillis(ThreadLocalRandom.current().nextInt(minMillis, maxMillis))));
			complete();
		}
		else {
			abort();
		}
	}

	private void abort() {
		this.outlet.abort();
		complete();
	}

	private void endIfOver() {
		if (this.jobs.stream().allMatch((job) -> job.cursor().isOver())) {
			complete();
		}
	}

	private boolean hasRoom() {
		return this.demand.get() > 0 && this.outlet.isWritable();
	}

	private void write(byte[] bytes) {
		this.demand.decrementAndGet();
		this.blockedSince = 0;
		this.lastWrite = this.feeds.now();
		subscriber().onNext(this.buffers.wrap(bytes));
	}

	private void complete() {
		leave();
		subscriber().onComplete();
	}

	private Subscriber<? super DataBuffer> subscriber() {
		Subscriber<? super DataBuffer> subscriber = this.subscriber;
		if (subscriber == null) {
			throw new IllegalStateException("A stream must not be written before it is subscribed to");
		}
		return subscriber;
	}

}
