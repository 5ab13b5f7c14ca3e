package io.progress.sse.stream.feed;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

import reactor.core.scheduler.NonBlocking;

/**
 * The threads of our own loops. Their end can be awaited, because a servlet container
 * warns of threads that still run after their application was stopped.
 */
final class ViewerThreads implements ThreadFactory {

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = new FeedThread(task, this.threads.size() + 1);
		this.threads.add(thread);
		return thread;
	}

	/**
	 * Waits for threads that have been told to end.
	 * @param deadline the time at which to give up, as of {@link System#nanoTime()}
	 */
	void join(long deadline) {
		try {
			for (Thread thread : this.threads) {
				thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class FeedThread extends Thread implements NonBlocking {

		FeedThread(Runnable task, int number) {
			super(task, "progress-sse-feeds-" + number);
			setDaemon(true);
		}

	}

}
