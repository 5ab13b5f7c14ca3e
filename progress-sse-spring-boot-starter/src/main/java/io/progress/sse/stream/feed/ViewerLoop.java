package io.progress.sse.stream.feed;

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

import io.progress.sse.stream.frame.FrameBuffer;
import io.progress.sse.support.ForeignCode;

/**
 * Serves the viewers of one event loop, on that loop. Tasks run one after the other, in
 * the order in which they came. The event loop has at most one task of this class at a
 * time, so that its other work gets its turn.
 */
final class ViewerLoop implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(ViewerLoop.class);

	private final Executor executor;

	private final Queue<Runnable> due = Queues.<Runnable>unboundedMultiproducer().get();

	/** Whether a task of this class is scheduled. */
	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final AtomicInteger count = new AtomicInteger();

	/** Used only on the loop, like the following fields. */
	private final List<Viewer> viewers = new ArrayList<>();

	private final List<FeedEntry> scratch = new ArrayList<>();

	private final JoinedFrames joined = new JoinedFrames();

	private final FrameBuffer buffer = new FrameBuffer();

	private volatile boolean used;

	private volatile boolean gone;

	ViewerLoop(Executor executor) {
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
	 * Queues a task.
	 * @throws RejectedExecutionException if the event loop has stopped
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

	void add(Viewer viewer) {
		this.viewers.add(viewer);
		this.used = true;
	}

	void remove(Viewer viewer) {
		this.viewers.remove(viewer);
		this.used = !this.viewers.isEmpty();
	}

	/**
	 * Runs an action for each viewer, also for those that are about to join. A loop
	 * without viewers gets no task, because an event loop shuts down only after a while
	 * without tasks.
	 */
	void forEachViewer(Consumer<Viewer> action) {
		if (this.used || this.count.get() != 0) {
			execute(() -> List.copyOf(this.viewers).forEach(action));
		}
	}

	/**
	 * Returns an empty list, to be used only until the task ends.
	 */
	List<FeedEntry> scratch() {
		this.scratch.clear();
		return this.scratch;
	}

	JoinedFrames joined() {
		return this.joined;
	}

	/**
	 * Returns an empty buffer for the bytes of one write.
	 */
	FrameBuffer buffer() {
		this.buffer.clear();
		return this.buffer;
	}

	/**
	 * Runs a task. If it fails, the next tasks still run.
	 */
	private static void run(@Nullable Runnable task) {
		if (task == null) {
			return;
		}
		ForeignCode.run(task, ViewerLoop::complain);
	}

	/**
	 * Schedules a task on the event loop, unless there is one. An event loop that has
	 * stopped refuses it: then the connections are closed, and no task of this class is
	 * running.
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
			// There is no memory. The next task tries again.
			this.scheduled.set(false);
			throw ex;
		}
	}

	private static void complain(Throwable ex) {
		logger.warn("A task of progress streams failed on an event loop; the other tasks go on", ex);
	}

}
