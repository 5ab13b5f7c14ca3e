package io.progress.sse.stream.feed;

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
 * The loops that serve viewers: one for each event loop with connections, and some of our
 * own for connections without an event loop.
 */
public final class ViewerLoops implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ViewerLoops.class);

	private static final Duration THREADS_END = Duration.ofSeconds(1);

	private final ViewerThreads threads = new ViewerThreads();

	private final Map<Executor, ViewerLoop> loops = new ConcurrentHashMap<>();

	private final AtomicInteger turn = new AtomicInteger();

	private final Scheduler scheduler;

	private final List<Executor> own;

	private final SubscriberThreads subscribers;

	private volatile boolean closing;

	/**
	 * Creates the loops.
	 * @param subscribers how many subscribers in this process may block at the same time
	 */
	public ViewerLoops(int subscribers) {
		int size = Runtime.getRuntime().availableProcessors();
		this.scheduler = Schedulers.newParallel(size, this.threads);
		this.own = IntStream.range(0, size)
			.mapToObj((i) -> this.scheduler.createWorker())
			.<Executor>map((worker) -> worker::schedule)
			.toList();
		this.subscribers = new SubscriberThreads(subscribers, this.scheduler);
	}

	/**
	 * Creates an executor for one subscriber in this process, whose threads may be
	 * blocked.
	 * @return an executor that is equal to no other
	 */
	public Executor forSubscriber() {
		return this.subscribers.forOne();
	}

	/**
	 * Returns the scheduler of our own loops, for other work that does not block.
	 * @return the scheduler
	 */
	public Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * Returns one of our own loops, in turn.
	 * @return the loop
	 */
	public Executor next() {
		return this.own.get(Math.floorMod(this.turn.getAndIncrement(), this.own.size()));
	}

	ViewerLoop of(Executor executor) {
		return this.loops.computeIfAbsent(executor, ViewerLoop::new);
	}

	/**
	 * Removes the loop of an executor that has stopped.
	 */
	void release(Executor executor) {
		this.loops.remove(executor);
	}

	/**
	 * Whether the node shuts down and new streams must be refused.
	 * @return {@code true} if so
	 */
	public boolean isClosing() {
		return this.closing;
	}

	/**
	 * Makes new streams be refused from now on.
	 */
	public void refuseNew() {
		this.closing = true;
	}

	/**
	 * Ends all streams, each with a time to reconnect.
	 */
	public void endAll() {
		forEachViewer(Viewer::onShutdown);
	}

	/**
	 * Ends the streams of a principal that has logged out.
	 * @param principal the principal's name
	 */
	public void endAll(String principal) {
		forEachViewer((viewer) -> viewer.onLogout(principal));
	}

	/**
	 * Writes to the streams of a principal, because a servlet container notices only then
	 * that a client has disconnected.
	 * @param principal the principal's name
	 */
	public void probe(String principal) {
		forEachViewer((viewer) -> viewer.onProbe(principal));
	}

	/**
	 * Makes each viewer do what is due.
	 * @param now the time
	 */
	public void tick(long now) {
		forEachViewer((viewer) -> viewer.tick(now));
	}

	private void forEachViewer(Consumer<Viewer> action) {
		this.loops.values().forEach((loop) -> loop.forEachViewer(action));
	}

	/**
	 * Waits until every loop has done its current tasks.
	 * @param patience how long to wait at most
	 */
	public void settle(Duration patience) {
		try {
			CompletableFuture.allOf(this.loops.keySet().stream().map((loop) -> CompletableFuture.runAsync(() -> {
			}, loop)).toArray(CompletableFuture[]::new)).get(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RejectedExecutionException | ExecutionException | TimeoutException ex) {
			logger.debug("Some loops of progress streams did not finish their tasks in time", ex);
		}
	}

	/**
	 * Runs a task periodically until this is closed, even if it sometimes fails.
	 * @param millis the time between two runs
	 * @param task the task, which must not block
	 */
	public void each(long millis, Runnable task) {
		Runnable safely = () -> ForeignCode.run(task, ViewerLoops::complain);
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
