package io.progress.sse.stream;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.reactivestreams.Publisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

/**
 * A stream that was granted and has not begun. Holds nothing until it is opened.
 */
public final class StreamBody {

	private final ProgressFeeds feeds;

	private final StreamRequest request;

	private final List<FeedCursor.Start> starts;

	private final AtomicBoolean opened = new AtomicBoolean();

	private final AtomicBoolean closed = new AtomicBoolean();

	StreamBody(ProgressFeeds feeds, StreamRequest request, List<FeedCursor.Start> starts) {
		this.feeds = feeds;
		this.request = request;
		this.starts = starts;
	}

	/**
	 * Opens the stream, once.
	 * @param buffers makes buffers around bytes that are shared and must not be changed
	 * @param outlet the connection
	 * @return what to send; each buffer is to be flushed. Subscribed once
	 */
	public Publisher<DataBuffer> open(DataBufferFactory buffers, Outlet outlet) {
		if (!this.opened.compareAndSet(false, true)) {
			throw new IllegalStateException("A stream must be opened only once; make another request");
		}
		FrameViewer viewer = new FrameViewer(this.feeds, this.request, this.starts, buffers, outlet);
		this.feeds.opened(this.request);
		return viewer;
	}

	/**
	 * Says that the last byte is sent or never will be. To be called once the stream was
	 * opened; further calls do nothing.
	 */
	public void closed() {
		if (this.closed.compareAndSet(false, true)) {
			this.feeds.closed(this.request);
		}
	}

}
