package io.progress.sse.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

import io.progress.sse.event.JobId;

/**
 * A viewer behind a connection. What a visit finds goes out in one write. A connection
 * that has had no room for too long is cut: to end the stream properly would mean to wait
 * for its client.
 */
final class FrameViewer extends Viewer<DataBuffer> {

	/** How much is written at once, in bytes: less than what a connection calls full. */
	private static final int MAX_WRITE = 32 * 1024;

	/** When clients come back that only have to ask anew. */
	private static final StreamSettings.Goodbye SOON = new StreamSettings.Goodbye(Duration.ofSeconds(1),
			Duration.ofSeconds(3));

	private final StreamRequest request;

	private final DataBufferFactory buffers;

	private final Outlet outlet;

	private final Shape shape;

	private final StreamSettings.Pace pace;

	private final long endsAt;

	private long lastWrite;

	FrameViewer(ProgressFeeds feeds, StreamRequest request, List<FeedCursor.Start> starts, DataBufferFactory buffers,
			Outlet outlet) {
		super(feeds, feeds.loops().of(outlet.loop()), starts, request.access());
		this.request = request;
		this.buffers = buffers;
		this.outlet = outlet;
		this.shape = feeds.formats().shape(request.terms().format(), request.ids());
		this.pace = request.terms().pace(feeds.settings().pace());
		double share = ThreadLocalRandom.current().nextDouble(0.9, 1.0);
		this.endsAt = feeds.now() + (long) (share * this.pace.maxDuration().toNanos());
	}

	@Override
	void onStart() {
		FrameBuffer out = new FrameBuffer();
		out.write(Frames.prelude(this.pace.retry(), this.request.browser()));
		if (this.request.pings()) {
			out.write(ping());
		}
		if (this.request.ids() == StreamIds.JOB_AND_EVENT && this.request.cursor() == null) {
			writeStarted(this.request.jobs().get(0), out);
		}
		write(out);
	}

	private byte[] ping() {
		return Frames.ping(this.pace.heartbeat(), this.pace.retry());
	}

	/**
	 * Gives the client an id before there is an event, so that it does not start the work
	 * again if it loses the stream here. Browsers forget an id that comes without data.
	 */
	private static void writeStarted(JobId job, FrameBuffer out) {
		Frames.event("started", (json) -> PlainJson.write(new JsonObject().with("jobId", job.value()), json), out);
		Frames.end(CursorText.beginningOf(job), out);
	}

	@Override
	@Nullable String caller() {
		return this.request.principal();
	}

	@Override
	Object client() {
		return this.request.client();
	}

	@Override
	boolean enter(JobId job) {
		boolean entered = feeds().counts().enter(job);
		if (!entered) {
			loop().execute(() -> visit(() -> sendAway(SOON)));
		}
		return entered;
	}

	@Override
	void leave(JobId job) {
		feeds().counts().leave(job);
	}

	@Override
	void onRetired() {
		sendAway(SOON);
	}

	@Override
	void onProbe(String principal) {
		if (principal.equals(this.request.principal()) && !isEnded() && hasRoom()) {
			write(Frames.HEARTBEAT);
		}
	}

	@Override
	void onJoin() {
		this.outlet.limit(feeds().settings().window().sendBuffer(), this.pace.stallTimeout());
	}

	@Override
	boolean hasRoom() {
		return super.hasRoom() && this.outlet.isWritable();
	}

	@Override
	void deliver(WatchedJob job, List<Entry> entries) {
		boolean shared = job.feed().isShared();
		boolean same = shared && !this.request.manyJobs();
		FrameBuffer out = loop().buffer();
		int bytes = 0;
		int count = 0;
		long skipped = 0;
		while (count < entries.size() && bytes < MAX_WRITE) {
			Entry entry = entries.get(count++);
			skipped += job.cursor().advance(entry);
			if (same) {
				bytes += entry.frame(this.shape).length;
			}
			else {
				write(entry, shared, out);
				bytes = out.length();
			}
		}
		boolean more = count < entries.size() || job.cursor().isBehind();
		feeds().meters().delivered(count);
		if (skipped > 0) {
			feeds().meters().conflated(skipped);
		}
		if (same) {
			write(loop().joined().join(entries.subList(0, count), this.shape));
		}
		else {
			write(out);
		}
		completeIfOver();
		if (more && !isEnded()) {
			drainLater();
		}
	}

	private void write(Entry entry, boolean shared, FrameBuffer out) {
		int start = out.length();
		entry.write(this.shape, shared, out);
		if (out.length() == start) {
			return;
		}
		if (this.request.manyJobs() && entry.isAside()) {
			Frames.end(out);
		}
		else if (this.request.manyJobs()) {
			Frames.end(id(), out);
		}
	}

	@Override
	void onLost(WatchedJob job, Entry latest) {
		if (!this.request.resetWhenStale()) {
			// The client comes back with its cursor, and the status tells it.
			complete();
			return;
		}
		job.cursor().restart();
		FrameBuffer out = loop().buffer();
		// Without an id: until an event has one, the client has the place that is lost.
		Frames.event("reset", (json) -> PlainJson.write(data(job).with("reason", "stale"), json), out);
		Frames.end(out);
		write(out);
		drainLater();
	}

	@Override
	void onUnknown(WatchedJob job) {
		FrameBuffer out = loop().buffer();
		Frames.event("unknown", (json) -> PlainJson.write(data(job), json), out);
		Frames.end(this.request.manyJobs() ? id() : CursorText.UNKNOWN, out);
		write(out);
		completeIfOver();
	}

	@Override
	void onTick(long now) {
		if (now - this.endsAt >= 0 || this.request.gone().getAsBoolean()) {
			sayGoodbye(SOON.retry());
		}
		else if (now - this.lastWrite >= this.pace.heartbeat().toNanos()) {
			write(this.request.pings() ? ping() : Frames.HEARTBEAT);
		}
	}

	@Override
	void onBlocked(long now, long blockedSince) {
		if (now - blockedSince >= this.pace.stallTimeout().toNanos()) {
			feeds().meters().evicted();
			abort();
		}
	}

	@Override
	void onShutdown() {
		sendAway(feeds().settings().goodbye());
	}

	/**
	 * What was handed over may not be what was meant to be: the client comes back to the
	 * last id that it has seen.
	 */
	@Override
	void onFailure(Throwable ex) {
		abort();
	}

	/**
	 * Sends the client back to say anew who it is.
	 */
	@Override
	void onLeft(String principal) {
		if (principal.equals(this.request.principal())) {
			sendAway(SOON);
		}
	}

	private void sendAway(StreamSettings.Goodbye goodbye) {
		if (isEnded()) {
			return;
		}
		if (hasRoom()) {
			sayGoodbye(goodbye.retry());
		}
		else {
			abort();
		}
	}

	private void sayGoodbye(Duration retry) {
		write(Frames.goodbye(retry));
		complete();
	}

	private void abort() {
		this.outlet.abort();
		complete();
	}

	private void write(byte[] bytes) {
		if (bytes.length == 0) {
			return;
		}
		this.lastWrite = feeds().now();
		emit(this.buffers.wrap(bytes));
	}

	private void write(FrameBuffer frames) {
		if (frames.length() == 0) {
			return;
		}
		this.lastWrite = feeds().now();
		DataBuffer buffer = this.buffers.allocateBuffer(frames.length());
		frames.copyTo(buffer);
		emit(buffer);
	}

	private String id() {
		return CursorText.ofMany(jobs().stream().map(WatchedJob::cursorText));
	}

	private static JsonObject data(WatchedJob job) {
		return new JsonObject().with("jobId", job.feed().job().value());
	}

}
