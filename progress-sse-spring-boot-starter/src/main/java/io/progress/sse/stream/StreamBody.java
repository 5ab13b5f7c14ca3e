package io.progress.sse.stream;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
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

	private final AtomicReference<@Nullable Viewer> viewer = new AtomicReference<>();

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
		Viewer viewer = new Viewer(this.feeds, this.request, this.starts, buffers, outlet);
		if (!this.viewer.compareAndSet(null, viewer)) {
			throw new IllegalStateException("A stream must be opened only once; make another request");
		}
		this.feeds.opened(this.request);
		return viewer;
	}

	/**
	 * Says that the last byte is sent or never will be. To be called once the stream was
	 * opened.
	 */
	public void closed() {
		Viewer viewer = this.viewer.get();
		if (viewer != null && viewer.close()) {
			this.feeds.closed(this.request);
		}
	}

}
