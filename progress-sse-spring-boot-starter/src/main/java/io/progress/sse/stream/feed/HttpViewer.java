package io.progress.sse.stream.feed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

import io.progress.sse.event.JobId;
import io.progress.sse.stream.CursorText;
import io.progress.sse.stream.StreamConnection;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.StreamSettings;
import io.progress.sse.stream.ViewerKind;
import io.progress.sse.stream.format.FrameEncoder;
import io.progress.sse.stream.frame.FrameBuffer;
import io.progress.sse.stream.frame.JsonObject;
import io.progress.sse.stream.frame.SseFrames;

/**
 * A viewer behind a connection. The events of a visit are sent in one write. A connection
 * that has no room for too long is closed abruptly, because a proper end of the stream
 * would have to wait for the client.
 */
public class HttpViewer extends AbstractViewer<DataBuffer> {

	/**
	 * How many bytes are written at once: less than the limit at which a connection
	 * counts as full.
	 */
	private static final int MAX_WRITE = 32 * 1024;

	/** When clients reconnect that only need a new request. */
	private static final StreamSettings.Goodbye SOON = new StreamSettings.Goodbye(Duration.ofSeconds(1),
			Duration.ofSeconds(3));

	/** How long a goodbye waits for room. Shorter than the wait of a shutdown. */
	private static final Duration GRACE = Duration.ofSeconds(1);

	private final StreamRequest request;

	private final DataBufferFactory buffers;

	private final StreamConnection connection;

	private final FrameEncoder encoder;

	private final StreamSettings settings;

	private final long endsAt;

	private long lastWrite;

	/**
	 * Creates the viewer.
	 * @param context the parts that all viewers share
	 * @param request the client's request
	 * @param points the position to begin at in each job
	 * @param buffers makes buffers around bytes that are shared and must not be changed
	 * @param connection the connection
	 * @throws IllegalArgumentException if there is no such format
	 */
	public HttpViewer(FeedContext context, StreamRequest request, List<ResumePoint> points, DataBufferFactory buffers,
			StreamConnection connection) {
		super(context, context.loops().of(connection.loop()), points, request.access());
		this.request = request;
		this.buffers = buffers;
		this.connection = connection;
		this.encoder = context.formats().encoder(request.terms().format(), request.ids());
		this.settings = request.terms().in(context.settings());
		double share = ThreadLocalRandom.current().nextDouble(0.9, 1.0);
		this.endsAt = context.now() + (long) (share * this.settings.maxDuration().toNanos());
	}

	@Override
	final ViewerKind kind() {
		return this.connection.kind();
	}

	@Override
	final void onStart() {
		FrameBuffer out = new FrameBuffer();
		out.write(SseFrames.prelude(this.settings.retry(), this.request.browser()));
		if (this.request.pings()) {
			out.write(ping());
		}
		writeFirst(out);
		write(out);
	}

	private byte[] ping() {
		return SseFrames.ping(this.settings.heartbeat(), this.settings.retry());
	}

	/**
	 * Writes what comes before the first event of a job. If the URL does not name the
	 * job, this is an id, so that the client does not start the work again if it loses
	 * the stream now. The id comes with an event, because browsers ignore an id without
	 * data.
	 */
	void writeFirst(FrameBuffer out) {
		if (this.request.ids() == StreamIds.JOB_AND_EVENT && this.request.cursor() == null) {
			JobId job = this.request.jobs().get(0);
			SseFrames.event("started", new JsonObject().with("jobId", job.value()), out);
			SseFrames.end(CursorText.beginningOf(job), out);
		}
	}

	@Override
	final ViewerPlaces places(Runnable sendAway) {
		return new ViewerPlaces(counts(), context().waitingRoom(), this.request.principal(), this.request.client(),
				sendAway);
	}

	/**
	 * Returns the counts of the viewers of each job; {@code null} if this viewer does not
	 * count.
	 */
	@Nullable StreamCounts counts() {
		return context().counts();
	}

	@Override
	public void onProbe(String principal) {
		if (principal.equals(this.request.principal()) && !isEnded() && !isLeaving() && hasRoom()) {
			write(SseFrames.heartbeat());
		}
	}

	@Override
	void onJoin() {
		this.connection.limit(this.settings.window().sendBufferBytes(), this.settings.stallTimeout());
	}

	@Override
	boolean hasRoom() {
		return super.hasRoom() && this.connection.isWritable();
	}

	@Override
	void deliver(WatchedJob job, List<FeedEntry> entries) {
		boolean shared = job.feed().isShared();
		boolean same = shared && !this.request.manyJobs();
		FrameBuffer out = loop().buffer();
		int bytes = 0;
		int count = 0;
		long skipped = 0;
		while (count < entries.size() && bytes < MAX_WRITE) {
			FeedEntry entry = entries.get(count++);
			skipped += job.cursor().advance(entry);
			if (same) {
				bytes += entry.frame(this.encoder).length;
			}
			else {
				write(entry, shared, out);
				bytes = out.length();
			}
		}
		count(count, skipped);
		if (same) {
			write(loop().joined().join(entries.subList(0, count), this.encoder));
		}
		else {
			write(out);
		}
		goOn(count < entries.size() || job.cursor().isBehind());
	}

	private void write(FeedEntry entry, boolean shared, FrameBuffer out) {
		int start = out.length();
		entry.write(this.encoder, shared, out);
		if (out.length() == start) {
			return;
		}
		if (this.request.manyJobs() && entry.isAside()) {
			SseFrames.end(out);
		}
		else if (this.request.manyJobs()) {
			SseFrames.end(id(), out);
		}
	}

	@Override
	void onLost(WatchedJob job, FeedEntry latest) {
		if (!this.request.resetWhenStale()) {
			// The client reconnects with its cursor, and then the status tells it.
			complete();
			return;
		}
		job.cursor().restart();
		context().meters().reset();
		FrameBuffer out = loop().buffer();
		// Sent without an id: until the next event, the client keeps its lost position.
		SseFrames.event("reset", data(job).with("reason", "stale"), out);
		SseFrames.end(out);
		write(out);
		drainLater();
	}

	@Override
	void onUnknown(WatchedJob job) {
		FrameBuffer out = loop().buffer();
		SseFrames.event("unknown", data(job), out);
		SseFrames.end(this.request.manyJobs() ? id() : CursorText.UNKNOWN, out);
		write(out);
		completeIfOver();
	}

	@Override
	void onTick(long now) {
		if (now - this.endsAt >= 0 || this.request.gone().getAsBoolean()) {
			sayGoodbye(SOON.retry());
		}
		else if (now - this.lastWrite >= this.settings.heartbeat().toNanos()) {
			write(this.request.pings() ? ping() : SseFrames.heartbeat());
		}
	}

	@Override
	void onBlocked(long now, long blockedSince) {
		if (now - blockedSince >= this.settings.stallTimeout().toNanos()) {
			context().meters().evicted();
			abort();
		}
	}

	@Override
	public void onShutdown() {
		sendAway(this.settings.goodbye());
	}

	/**
	 * Closes the connection abruptly: the last write may be incomplete. The client
	 * reconnects with the last id that it has seen.
	 */
	@Override
	void onFailure(Throwable ex) {
		abort();
	}

	/**
	 * Ends the stream, so that the client reconnects and authenticates again.
	 */
	@Override
	public void onLogout(String principal) {
		if (principal.equals(this.request.principal())) {
			endForNow();
		}
	}

	@Override
	public final void endForNow() {
		sendAway(SOON);
	}

	/**
	 * Ends the stream with a goodbye. If the last write is still under way, the goodbye
	 * follows it; a client that does not even read that is cut off.
	 */
	private void sendAway(StreamSettings.Goodbye goodbye) {
		if (isEnded() || isLeaving()) {
			return;
		}
		Duration retry = goodbye.retry();
		leaveWith(() -> sayGoodbye(retry));
		if (!isEnded()) {
			context().loops().scheduler().schedule(() -> onLoop(this::abort), GRACE.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void sayGoodbye(Duration retry) {
		write(SseFrames.goodbye(retry));
		complete();
	}

	private void abort() {
		this.connection.abort();
		complete();
	}

	private void write(byte[] bytes) {
		if (bytes.length == 0) {
			return;
		}
		this.lastWrite = context().now();
		emit(this.buffers.wrap(bytes));
	}

	private void write(FrameBuffer frames) {
		if (frames.length() == 0) {
			return;
		}
		this.lastWrite = context().now();
		DataBuffer buffer = this.buffers.allocateBuffer(frames.length());
		frames.copyTo(buffer);
		emit(buffer);
	}

	/**
	 * Returns the id of the newest event on a stream of many jobs: the position in each.
	 */
	String id() {
		return CursorText.ofMany(jobs().stream().map(WatchedJob::cursorText));
	}

	private static JsonObject data(WatchedJob job) {
		return new JsonObject().with("jobId", job.feed().job().value());
	}

}
