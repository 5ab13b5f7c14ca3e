package io.progress.sse.stream;

import java.util.List;
import java.util.concurrent.Executor;

import reactor.core.publisher.Mono;

import io.progress.sse.store.StoredEvent;

/**
 * A viewer in this process: one job, events as they are stored. It has a loop of its own,
 * on a thread that may be blocked: its subscriber is the application's code.
 */
final class EventViewer extends Viewer<StoredEvent> {

	private final Executor executor;

	EventViewer(ProgressFeeds feeds, FeedCursor.Start start) {
		this(feeds, feeds.loops().forSubscriber(), start);
	}

	private EventViewer(ProgressFeeds feeds, Executor executor, FeedCursor.Start start) {
		super(feeds, feeds.loops().of(executor), List.of(start), (job) -> Mono.just(true));
		this.executor = executor;
	}

	/**
	 * Its own loop may be blocked, and ends with it.
	 */
	@Override
	DrainLoop followingLoop() {
		return feeds().loops().of(feeds().ownLoop());
	}

	@Override
	void deliver(WatchedJob job, List<Entry> entries) {
		long skipped = 0;
		int count = 0;
		while (count < entries.size() && hasRoom() && !isEnded()) {
			Entry entry = entries.get(count++);
			skipped += job.cursor().advance(entry);
			if (!entry.isAside()) {
				emit(entry.stored());
			}
		}
		boolean more = count < entries.size() || job.cursor().isBehind();
		feeds().meters().delivered(count);
		if (skipped > 0) {
			feeds().meters().conflated(skipped);
		}
		if (!isEnded()) {
			completeIfOver();
		}
		if (more && !isEnded()) {
			drainLater();
		}
	}

	@Override
	void onLost(WatchedJob job, Entry latest) {
		fail(new StaleCursorException(job.feed().job(), latest.id()));
	}

	@Override
	void onUnknown(WatchedJob job) {
		completeIfOver();
	}

	@Override
	void onFailure(Throwable ex) {
		fail(ex);
	}

	@Override
	void onLeave() {
		super.onLeave();
		feeds().loops().release(this.executor);
	}

	@Override
	void onShutdown() {
		if (!isEnded()) {
			complete();
		}
	}

}
