package io.progress.sse.stream;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;

/**
 * A job on a stream: where the viewer is in it, and whether it may be there. A job that
 * has not come yet, or is somebody else's, is waited for. Confined to the viewer's loop.
 */
final class WatchedJob {

	private final FeedCursor cursor;

	private final DrainLoop loop;

	private final Runnable wake;

	private final Viewer<?> viewer;

	private final Disposable.Swap check = Disposables.swap();

	private Admission admission;

	private WaitingRoom.@Nullable Place place;

	private boolean counted;

	private boolean unknown;

	private long waitsSince;

	WatchedJob(FeedCursor.Start start, Feed feed, DrainLoop loop, Runnable wake, Viewer<?> viewer) {
		this.cursor = new FeedCursor(feed, loop, wake, start);
		this.loop = loop;
		this.wake = wake;
		this.viewer = viewer;
		if (start.isKnown()) {
			this.admission = Admission.ADMITTED;
			this.counted = viewer.enter(feed.job());
		}
		else if (start.isOver()) {
			this.unknown = true;
			this.admission = Admission.LEFT;
		}
		else if (start.isGone()) {
			this.admission = Admission.GONE;
		}
		else {
			this.admission = Admission.WAITING;
			this.place = viewer.await(feed.job());
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
		return this.admission == Admission.ADMITTED && this.cursor.isBehind();
	}

	/**
	 * Whether the job's events may be delivered; if the job has only just come, that is
	 * being found out.
	 */
	boolean isAdmitted(Function<JobInfo, Mono<Boolean>> access) {
		JobInfo info = this.cursor.feed().info();
		if (this.admission == Admission.WAITING && info != null) {
			this.admission = Admission.BEING_CHECKED;
			this.check.update(access.apply(info)
				.defaultIfEmpty(false)
				.subscribe((permitted) -> this.loop.execute(() -> onChecked(permitted)),
						(ex) -> this.loop.execute(() -> onChecked(false))));
		}
		return this.admission == Admission.ADMITTED;
	}

	/**
	 * Whether the job has been waited for as long as it may be.
	 */
	boolean isWaitOver(long now, long nanos) {
		if (this.cursor.isOver() || (this.admission == Admission.ADMITTED && !this.cursor.feed().isUnknown())) {
			this.waitsSince = 0;
			return false;
		}
		if (this.waitsSince == 0) {
			this.waitsSince = now;
		}
		return now - this.waitsSince >= nanos;
	}

	/**
	 * Whether the viewer has seen events of the job, which is not there, and has not been
	 * told so yet.
	 */
	boolean isGone() {
		return this.admission == Admission.GONE;
	}

	/**
	 * Gives up waiting, if it was waited for.
	 */
	void endUnknown() {
		this.unknown = true;
		leave();
	}

	/**
	 * Its part of the cursor of a stream of many jobs.
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
			this.viewer.leave(feed().job());
		}
	}

	private void onChecked(boolean permitted) {
		if (!this.cursor.isOver()) {
			if (permitted) {
				leaveRoom();
				this.counted = this.viewer.enter(feed().job());
			}
			this.admission = permitted ? Admission.ADMITTED : Admission.DENIED;
			this.wake.run();
		}
	}

	private void leaveRoom() {
		if (this.place != null) {
			this.viewer.giveUp(this.place);
			this.place = null;
		}
		if (this.admission != Admission.ADMITTED) {
			this.admission = Admission.LEFT;
		}
	}

	private enum Admission {

		GONE, WAITING, BEING_CHECKED, ADMITTED, DENIED, LEFT

	}

}
