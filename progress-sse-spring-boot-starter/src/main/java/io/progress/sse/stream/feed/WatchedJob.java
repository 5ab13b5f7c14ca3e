package io.progress.sse.stream.feed;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;
import io.progress.sse.stream.CursorText;

/**
 * A job on a stream: the viewer's cursor in it, and whether the viewer may see it. The
 * viewer waits for a job that does not exist yet or belongs to another user. Used only on
 * the viewer's loop.
 */
final class WatchedJob {

	private final FeedCursor cursor;

	private final ViewerLoop loop;

	private final Runnable wake;

	private final ViewerPlaces places;

	private final Disposable.Swap check = Disposables.swap();

	private Access state;

	private WaitingRoom.@Nullable Place place;

	private boolean counted;

	private boolean unknown;

	private long waitsSince;

	WatchedJob(ResumePoint start, Feed feed, ViewerLoop loop, Runnable wake, ViewerPlaces places) {
		this.cursor = new FeedCursor(feed, loop, wake, start);
		this.loop = loop;
		this.wake = wake;
		this.places = places;
		if (start.isKnown()) {
			this.state = Access.ADMITTED;
			this.counted = places.enter(feed.job());
		}
		else if (start.isOver()) {
			this.unknown = true;
			this.state = Access.LEFT;
		}
		else if (start.isGone()) {
			this.state = Access.GONE;
		}
		else {
			this.state = Access.WAITING;
			this.place = places.await(feed.job());
		}
		if (start.isOver()) {
			this.cursor.end();
		}
	}

	Feed feed() {
		return this.cursor.feed();
	}

	FeedCursor cursor() {
		return this.cursor;
	}

	boolean isBehind() {
		return this.state == Access.ADMITTED && this.cursor.isBehind();
	}

	/**
	 * Whether the job's events may be delivered. If the job has just appeared, this
	 * starts the check of access.
	 */
	boolean isAdmitted(Function<JobInfo, Mono<Boolean>> access) {
		JobInfo info = this.cursor.feed().info();
		if (this.state == Access.WAITING && info != null) {
			this.state = Access.BEING_CHECKED;
			this.check.update(access.apply(info)
				.defaultIfEmpty(false)
				.subscribe((permitted) -> this.loop.execute(() -> onChecked(permitted)),
						(ex) -> this.loop.execute(() -> onChecked(false))));
		}
		return this.state == Access.ADMITTED;
	}

	/**
	 * Whether the waiting time for the job is over.
	 */
	boolean isWaitOver(long now, long nanos) {
		if (this.cursor.isOver() || (this.state == Access.ADMITTED && !this.cursor.feed().isUnknown())) {
			this.waitsSince = 0;
			return false;
		}
		if (this.waitsSince == 0) {
			this.waitsSince = now;
		}
		return now - this.waitsSince >= nanos;
	}

	/**
	 * Whether the viewer has seen events of a job that does not exist any more and must
	 * still be told this.
	 */
	boolean isGone() {
		return this.state == Access.GONE;
	}

	/**
	 * Stops waiting, if the viewer waits for the job.
	 */
	void endUnknown() {
		this.unknown = true;
		leave();
	}

	/**
	 * Returns its part of the cursor of a stream of many jobs.
	 */
	String cursorText() {
		return CursorText.oneOfMany(this.cursor.after(), this.unknown);
	}

	void leave() {
		this.cursor.end();
		this.check.dispose();
		leaveRoom();
		if (this.counted) {
			this.counted = false;
			this.places.leave(feed().job());
		}
	}

	private void onChecked(boolean permitted) {
		if (!this.cursor.isOver()) {
			if (permitted) {
				leaveRoom();
				this.counted = this.places.enter(feed().job());
			}
			this.state = permitted ? Access.ADMITTED : Access.DENIED;
			this.wake.run();
		}
	}

	private void leaveRoom() {
		if (this.place != null) {
			this.places.giveUp(this.place);
			this.place = null;
		}
		if (this.state != Access.ADMITTED) {
			this.state = Access.LEFT;
		}
	}

	private enum Access {

		GONE, WAITING, BEING_CHECKED, ADMITTED, DENIED, LEFT

	}

}
