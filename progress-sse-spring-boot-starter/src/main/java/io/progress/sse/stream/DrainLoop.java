package io.progress.sse.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.util.concurrent.Queues;

import io.progress.sse.support.ForeignCode;

/**
 * Serves the viewers of one event loop, on that loop. However much is due, the loop has
 * one task of ours at a time, and between two of them others have their turn.
 */
final class DrainLoop implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(DrainLoop.class);

	private final Executor executor;

	private final Queue<Runnable> due = Queues.<Runnable>unboundedMultiproducer().get();

	/** Whether the loop has a task of ours. */
	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final AtomicInteger count = new AtomicInteger();

	/** Confined to the loop, as is what follows. */
	private final List<Viewer<?>> viewers = new ArrayList<>();

	private final List<Entry> scratch = new ArrayList<>();

	private final JoinedFrames joined = new JoinedFrames();

	private final FrameBuffer buffer = new FrameBuffer();

	private volatile boolean used;

	private volatile boolean gone;

	DrainLoop(Executor executor) {
		this.executor = executor;
	}

	void execute(Runnable task) {
		if (this.gone) {
			return;
		}
		this.due.add(task);
		this.count.incrementAndGet();
		schedule();
	}

	/**
	 * The same for those who have to know that nothing will run.
	 * @throws RejectedExecutionException if nothing will
	 */
	void executeIfAlive(Runnable task) {
		execute(task);
		if (this.gone) {
			throw new RejectedExecutionException("The server of this loop has stopped");
		}
	}

	@Override
	public void run() {
		int some = this.count.get();
		for (int i = 0; i < some; i++) {
			run(this.due.poll());
		}
		this.joined.clear();
		this.scheduled.set(false);
		if (this.count.addAndGet(-some) != 0) {
			schedule();
		}
	}

	void add(Viewer<?> viewer) {
		this.viewers.add(viewer);
		this.used = true;
	}

	void remove(Viewer<?> viewer) {
		this.viewers.remove(viewer);
		this.used = !this.viewers.isEmpty();
	}

	/**
	 * Does something with each viewer. Leaves a loop without viewers alone: one that is
	 * to shut down waits until nobody has asked anything of it for a while.
	 */
	void forEachViewer(Consumer<Viewer<?>> action) {
		if (this.used) {
			execute(() -> List.copyOf(this.viewers).forEach(action));
		}
	}

	/**
	 * A list to work with until the task ends; empty.
	 */
	List<Entry> scratch() {
		this.scratch.clear();
		return this.scratch;
	}

	JoinedFrames joined() {
		return this.joined;
	}

	/**
	 * Where to put one write together; empty.
	 */
	FrameBuffer buffer() {
		this.buffer.clear();
		return this.buffer;
	}

	/**
	 * Whatever a task meets with, the others have to be done: who counts on the next one
	 * would wait for ever.
	 */
	private static void run(@Nullable Runnable task) {
		if (task == null) {
			return;
		}
		ForeignCode.run(task, DrainLoop::complain);
	}

	/**
	 * A server that has stopped takes no more tasks, and has closed every connection of
	 * this loop. None of our tasks runs then: there is one at a time.
	 */
	private void schedule() {
		if (!this.scheduled.compareAndSet(false, true)) {
			return;
		}
		try {
			this.executor.execute(this);
		}
		catch (RejectedExecutionException ex) {
			this.gone = true;
			this.due.clear();
			List.copyOf(this.viewers).forEach(Viewer::leave);
		}
		catch (Throwable ex) {
			// There is no memory: the next task tries again.
			this.scheduled.set(false);
			throw ex;
		}
	}

	private static void complain(Throwable ex) {
		logger.warn("A task of progress streams has failed", ex);
	}

}
