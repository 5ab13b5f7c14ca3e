package io.progress.sse.stream.admission;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

import io.progress.sse.stream.StreamConnection;
import io.progress.sse.stream.feed.HttpViewer;
import io.progress.sse.stream.feed.StreamCounts;

/**
 * A stream that was granted. It counts for the limits only when it is open.
 */
public final class GrantedStream implements StreamAnswer {

	private final StreamCounts counts;

	private final @Nullable String principal;

	/** Creates the viewer; {@code null} once the stream is open. */
	private final AtomicReference<@Nullable BiFunction<DataBufferFactory, StreamConnection, HttpViewer>> viewer;

	private final AtomicBoolean closed = new AtomicBoolean();

	GrantedStream(StreamCounts counts, @Nullable String principal,
			BiFunction<DataBufferFactory, StreamConnection, HttpViewer> viewer) {
		this.counts = counts;
		this.principal = principal;
		this.viewer = new AtomicReference<>(viewer);
	}

	/**
	 * Opens the stream, once.
	 * @param buffers makes buffers around bytes that are shared and must not be changed
	 * @param connection the connection
	 * @return the bytes to send; each buffer must be flushed. May be subscribed to once
	 */
	public Publisher<DataBuffer> open(DataBufferFactory buffers, StreamConnection connection) {
		BiFunction<DataBufferFactory, StreamConnection, HttpViewer> viewer = this.viewer.getAndSet(null);
		if (viewer == null) {
			throw new IllegalStateException("A stream must be opened only once; make another request");
		}
		HttpViewer opened = viewer.apply(buffers, connection);
		this.counts.add(this.principal);
		return opened;
	}

	/**
	 * Frees the stream's place after the last byte was sent, or if it never will be. Must
	 * be called after the stream was opened; further calls do nothing.
	 */
	public void closed() {
		if (this.closed.compareAndSet(false, true)) {
			this.counts.remove(this.principal);
		}
	}

}
