package io.progress.sse.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.support.ForeignCode;

/**
 * Where viewers are served: a loop for each event loop that has connections, and some of
 * our own for connections that have none.
 */
final class FeedLoops implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(FeedLoops.class);

	private static final Duration THREADS_END = Duration.ofSeconds(1);

	private final FeedThreads threads = new FeedThreads();

	private final Map<Executor, DrainLoop> loops = new ConcurrentHashMap<>();

	private final AtomicInteger turn = new AtomicInteger();

	private final Scheduler scheduler;

	private final List<Executor> own;

	private final SubscriberThreads subscribers;

	/**
	 * Creates the loops.
	 * @param subscribers how many subscribers in this process may block at a time
	 */
	FeedLoops(int subscribers) {
		int size = Runtime.getRuntime().availableProcessors();
		this.scheduler = Schedulers.newParallel(size, this.threads);
		this.own = IntStream.range(0, size)
			.mapToObj((i) -> this.scheduler.createWorker())
			.<Executor>map((worker) -> worker::schedule)
			.toList();
		this.subscribers = new SubscriberThreads(subscribers, this.scheduler);
	}

	/**
	 * Threads that may be blocked, for one subscriber in this process.
	 */
	Executor forSubscriber() {
		return this.subscribers.forOne();
	}

	/**
	 * Where other non-blocking work may be done.
	 */
	Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * One of our own, in turn.
	 */
	Executor next() {
		return this.own.get(Math.floorMod(this.turn.getAndIncrement(), this.own.size()));
	}

	DrainLoop of(Executor executor) {
		return this.loops.computeIfAbsent(executor, DrainLoop::new);
	}

	/**
	 * Forgets the loop of an executor that takes no more tasks.
	 */
	void release(Executor executor) {
		this.loops.remove(executor);
	}

	void forEachViewer(Consumer<Viewer<?>> action) {
		this.loops.values().forEach((loop) -> loop.forEachViewer(action));
	}

	/**
	 * Waits until every loop has done what it has to do now.
	 * @param patience for how long at most
	 */
	void settle(Duration patience) {
		try {
			CompletableFuture.allOf(this.loops.keySet().stream().map((loop) -> CompletableFuture.runAsync(() -> {
			}, loop)).toArray(CompletableFuture[]::new)).get(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RejectedExecutionException | ExecutionException | TimeoutException ex) {
			logger.debug("Some loops did not settle", ex);
		}
	}

	/**
	 * Does something again and again until this is closed, even if it fails at times.
	 */
	void each(long millis, Runnable task) {
		Runnable safely = () -> ForeignCode.run(task, FeedLoops::complain);
		this.scheduler.schedulePeriodically(safely, millis, millis, TimeUnit.MILLISECONDS);
	}

	private static void complain(Throwable ex) {
		logger.warn("Periodic stream maintenance failed; it will run again.", ex);
	}

	/**
	 * Stops, and waits up to a second for its threads.
	 */
	@Override
	public void close() {
		long deadline = System.nanoTime() + THREADS_END.toNanos();
		this.subscribers.close();
		this.scheduler.dispose();
		this.threads.join(deadline);
		this.subscribers.join(deadline);
	}

}
