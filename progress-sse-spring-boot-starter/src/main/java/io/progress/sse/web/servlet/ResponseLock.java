package io.progress.sse.web.servlet;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Prevents a stream from writing to a request that the container has recycled. Tomcat
 * serves the next request with the same objects, so a write that fails on another thread
 * at that moment would be reported to the next request and would break the stream of
 * another client. With this lock each write is either finished before the container
 * reports the end, or not begun.
 */
final class ResponseLock implements AsyncListener {

	private final ReentrantLock lock = new ReentrantLock();

	private boolean ended;

	void write(Write write) throws IOException {
		this.lock.lock();
		try {
			if (this.ended) {
				throw new IOException("The request has ended");
			}
			write.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		end();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		end();
	}

	@Override
	public void onError(AsyncEvent event) {
		end();
		try {
			// Otherwise the container would send an error page in a stream that has
			// begun.
			event.getAsyncContext().complete();
		}
		catch (IllegalStateException ex) {
			// It was already completed.
		}
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

	private void end() {
		this.lock.lock();
		try {
			this.ended = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	interface Write {

		void run() throws IOException;

	}

}
