package io.progress.sse.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * All viewers of all servers, on one thread. Nothing is allocated per event.
 */
final class LoadClient implements AutoCloseable {

	private static final int READ_SIZE = 1 << 16;

	private final Selector selector = Selector.open();

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final ByteBuffer buffer = ByteBuffer.allocate(READ_SIZE);

	private final Thread thread = new Thread(this::run, "load-client");

	private volatile boolean closed;

	/** Told after each turn how far the slowest viewer is. */
	private @Nullable Runnable afterTurn;

	LoadClient() throws IOException {
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Does something on the client's thread.
	 */
	<T> T call(Callable<T> task) throws Exception {
		FutureTask<T> future = new FutureTask<>(task);
		this.tasks.add(future);
		this.selector.wakeup();
		return future.get(1, TimeUnit.MINUTES);
	}

	/**
	 * Has a viewer read, from now on.
	 */
	void read(Viewer viewer, Audience audience) throws IOException {
		viewer.channel().configureBlocking(false);
		viewer.channel().register(this.selector, SelectionKey.OP_READ, new Reading(viewer, audience));
	}

	void afterTurn(@Nullable Runnable task) {
		this.afterTurn = task;
	}

	private void run() {
		try {
			while (!this.closed) {
				this.selector.select(this::onReadable, 100);
				if (this.afterTurn != null) {
					this.afterTurn.run();
				}
				for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
					task.run();
				}
			}
			this.selector.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void onReadable(SelectionKey key) {
		Reading reading = (Reading) key.attachment();
		reading.audience.at(nowMicros());
		boolean open = false;
		try {
			open = reading.viewer.read(this.buffer);
		}
		catch (IOException ex) {
			// A connection that was cut has ended like any other.
		}
		if (!open) {
			key.cancel();
			reading.audience.onLeft(reading.viewer);
		}
	}

	static long nowMicros() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		this.selector.wakeup();
	}

	private record Reading(Viewer viewer, Audience audience) {

	}

}
