package io.progress.sse.sample.pdf;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressTask;
import io.progress.sse.ProgressTracker;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Threads of this API's own, so that nobody who wants something else waits for PDFs.
 *
 * <ol>
 * <li>A job runs on a worker. Jobs that find none wait, up to a number; then they are
 * refused.</li>
 * <li>What a document may make endless runs on another thread, with room for deep
 * recursion, and the worker waits for it for a limited time.</li>
 * <li>Java cannot stop a thread. One that outlives its time is lost until it ends, so
 * there are a few to spare, and no more.</li>
 * </ol>
 */
@Component
class PdfWorkers implements DisposableBean {

	private static final long STACK = 16 * 1024 * 1024;

	private final ProgressTracker tracker;

	private final ExecutorService workers;

	private final ExecutorService limited;

	private final Duration timeLimit;

	PdfWorkers(ProgressTracker tracker, PdfProperties properties) {
		this.tracker = tracker;
		this.workers = pool("pdf-", 0, properties.workers(), new LinkedBlockingQueue<>(properties.maxWaiting()));
		this.limited = pool("pdf-limited-", STACK, 2 * properties.workers(), new SynchronousQueue<>());
		this.timeLimit = properties.timeLimit();
	}

	JobHandle start(String name, ProgressTask<?> task) {
		return this.tracker.start(JobSpec.named(name), task, this.workers);
	}

	/** Does what may take too long, or too much stack. */
	<T> T limited(Callable<T> work) throws Exception {
		Future<T> result = submit(work);
		try {
			return result.get(this.timeLimit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new ProgressException("too-slow",
					"The document takes longer than %.1f s".formatted(this.timeLimit.toMillis() / 1e3));
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Exception cause) {
				throw cause;
			}
			throw new ProgressException("too-complex", "The document is too large or nested too deeply", ex);
		}
		finally {
			result.cancel(true);
		}
	}

	private <T> Future<T> submit(Callable<T> work) {
		try {
			return this.limited.submit(work);
		}
		catch (RejectedExecutionException ex) {
			throw new ProgressException("overloaded", "Too many documents take too long at the moment", ex);
		}
	}

	private static ExecutorService pool(String name, long stack, int threads, BlockingQueue<Runnable> waiting) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(name) {
			@Override
			public Thread createThread(Runnable task) {
				Thread thread = new Thread(getThreadGroup(), task, nextThreadName(), stack);
				thread.setDaemon(true);
				return thread;
			}
		};
		ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, waiting, factory);
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

	@Override
	public void destroy() {
		this.workers.shutdownNow();
		this.limited.shutdownNow();
	}

}
