package io.progress.sse.stream;

import java.util.List;

import reactor.core.publisher.Mono;

import io.progress.sse.store.StoredEvent;

/**
 * A viewer in this process: one job, events as they are stored.
 */
final class EventViewer extends Viewer<StoredEvent> {

	EventViewer(ProgressFeeds feeds, FeedCursor.Start start) {
		super(feeds, feeds.nextLoop(), List.of(start), (job) -> Mono.just(true));
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
		boolean more = count < entries.size() || count == MAX_EVENTS;
		feeds().meters().delivered(count);
		if (skipped > 0) {
			feeds().meters().conflated(skipped);
		}
		if (!isEnded()) {
			completeIfOver();
		}
		if (more && !isEnded()) {
			drainAgain();
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
	void onShutdown() {
		if (!isEnded()) {
			complete();
		}
	}

}
