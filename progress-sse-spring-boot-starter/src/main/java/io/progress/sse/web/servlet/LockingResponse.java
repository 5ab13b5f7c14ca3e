package io.progress.sse.web.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A response that is written under a lock.
 */
final class LockingResponse extends HttpServletResponseWrapper {

	/**
	 * Headers that must occur once, although filters may have set a general value before.
	 */
	private static final Set<String> SINGLE = Set.of("cache-control", "x-content-type-options");

	private final Sinks.Empty<Void> handedOver = Sinks.empty();

	private final ResponseLock guard;

	private @Nullable ServletOutputStream body;

	LockingResponse(HttpServletResponse response, ResponseLock guard) {
		super(response);
		this.guard = guard;
	}

	/**
	 * Whether a header replaces the value of the filters.
	 */
	static boolean isSingle(String header) {
		return SINGLE.contains(header.toLowerCase(Locale.ROOT));
	}

	/**
	 * Completes when the container's thread has left all filters. Until then filters may
	 * change the headers, which are not thread-safe.
	 */
	Mono<Void> handedOver() {
		return this.handedOver.asMono();
	}

	@Override
	public void addHeader(String name, String value) {
		if (isSingle(name)) {
			super.setHeader(name, value);
		}
		else {
			super.addHeader(name, value);
		}
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		if (this.body == null) {
			this.body = new Body(super.getOutputStream());
		}
		return this.body;
	}

	private final class Body extends ServletOutputStream {

		private final ServletOutputStream delegate;

		Body(ServletOutputStream delegate) {
			this.delegate = delegate;
		}

		@Override
		public void write(int b) throws IOException {
			LockingResponse.this.guard.write(() -> this.delegate.write(b));
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			LockingResponse.this.guard.write(() -> this.delegate.write(bytes, offset, length));
		}

		@Override
		public void write(ByteBuffer buffer) throws IOException {
			LockingResponse.this.guard.write(() -> this.delegate.write(buffer));
		}

		@Override
		public void flush() throws IOException {
			LockingResponse.this.guard.write(this.delegate::flush);
		}

		@Override
		public void close() throws IOException {
			this.delegate.close();
		}

		@Override
		public boolean isReady() {
			return this.delegate.isReady();
		}

		@Override
		public void setWriteListener(WriteListener listener) {
			this.delegate.setWriteListener(new HandOver(listener));
		}

	}

	private final class HandOver implements WriteListener {

		private final WriteListener delegate;

		HandOver(WriteListener delegate) {
			this.delegate = delegate;
		}

		@Override
		public void onWritePossible() throws IOException {
			LockingResponse.this.handedOver.tryEmitEmpty();
			this.delegate.onWritePossible();
		}

		@Override
		public void onError(Throwable ex) {
			LockingResponse.this.handedOver.tryEmitEmpty();
			this.delegate.onError(ex);
		}

	}

}
