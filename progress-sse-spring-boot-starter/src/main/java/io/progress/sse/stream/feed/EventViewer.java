package io.progress.sse.stream.feed;

import java.util.List;
import java.util.concurrent.Executor;

import reactor.core.publisher.Mono;

import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.StaleCursorException;
import io.progress.sse.stream.ViewerKind;

/**
 * A viewer in this process: it sees the stored events of one job. It has a loop of its
 * own on a thread that may be blocked, because its subscriber is application code.
 */
public final class EventViewer extends AbstractViewer<StoredEvent> {

	private final Executor executor;

	/**
	 * Creates the viewer.
	 * @param context the parts that all viewers share
	 * @param point the position to begin at
	 */
	public EventViewer(FeedContext context, ResumePoint point) {
		this(context, context.loops().forSubscriber(), point);
	}

	private EventViewer(FeedContext context, Executor executor, ResumePoint point) {
		super(context, context.loops().of(executor), List.of(point), (job) -> Mono.just(true));
		this.executor = executor;
	}

	@Override
	ViewerKind kind() {
		return ViewerKind.APPLICATION;
	}

	@Override
	ViewerPlaces places(Runnable sendAway) {
		return new ViewerPlaces(null, context().waitingRoom(), null, this, sendAway);
	}

	/**
	 * Not the viewer's own loop, because that may be blocked and ends with the viewer.
	 */
	@Override
	ViewerLoop followingLoop() {
		return context().loops().of(context().loops().next());
	}

	@Override
	void deliver(WatchedJob job, List<FeedEntry> entries) {
		long skipped = 0;
		int count = 0;
		while (count < entries.size() && hasRoom() && !isEnded()) {
			FeedEntry entry = entries.get(count++);
			skipped += job.cursor().advance(entry);
			if (!entry.isAside()) {
				emit(entry.stored());
			}
		}
		count(count, skipped);
		goOn(count < entries.size() || job.cursor().isBehind());
	}

	@Override
	void onLost(WatchedJob job, FeedEntry latest) {
		fail(new StaleCursorException(job.feed().job(), latest.id()));
	}

	@Override
	void onUnknown(WatchedJob job) {
		completeIfOver();
	}

	@Override
	public void endForNow() {
		onShutdown();
	}

	@Override
	void onFailure(Throwable ex) {
		fail(ex);
	}

	@Override
	void onLeave() {
		super.onLeave();
		context().loops().release(this.executor);
	}

	@Override
	public void onShutdown() {
		if (!isEnded()) {
			complete();
		}
	}

}
