package io.progress.sse.stream.admission;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

import io.progress.sse.stream.StreamConnection;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.feed.FeedContext;
import io.progress.sse.stream.feed.FoundJobs;
import io.progress.sse.stream.feed.HttpViewer;
import io.progress.sse.stream.feed.ResumePoint;

/**
 * A stream that was granted. It counts for the limits only when it is open.
 */
public final class GrantedStream implements StreamAnswer {

	private final FeedContext context;

	private final StreamRequest request;

	/** Empty once the stream is open, as is the next. */
	private List<ResumePoint> points;

	private @Nullable FoundJobs found;

	private final AtomicBoolean opened = new AtomicBoolean();

	private final AtomicBoolean closed = new AtomicBoolean();

	GrantedStream(FeedContext context, StreamRequest request, List<ResumePoint> points) {
		this.context = context;
		this.request = request;
		this.points = points;
	}

	GrantedStream(FeedContext context, StreamRequest request, FoundJobs found) {
		this(context, request, found.points());
		this.found = found;
	}

	/**
	 * Opens the stream, once.
	 * @param buffers makes buffers around bytes that are shared and must not be changed
	 * @param connection the connection
	 * @return the bytes to send; each buffer must be flushed. May be subscribed to once
	 */
	public Publisher<DataBuffer> open(DataBufferFactory buffers, StreamConnection connection) {
		if (!this.opened.compareAndSet(false, true)) {
			throw new IllegalStateException("A stream must be opened only once; make another request");
		}
		HttpViewer viewer = new HttpViewer(this.context, this.request, this.points, this.found, buffers, connection);
		this.points = List.of();
		this.found = null;
		this.context.counts().add(this.request.principal());
		return viewer;
	}

	/**
	 * Frees the stream's place after the last byte was sent, or if it never will be. Must
	 * be called after the stream was opened; further calls do nothing.
	 */
	public void closed() {
		if (this.closed.compareAndSet(false, true)) {
			this.context.counts().remove(this.request.principal());
		}
	}

}
