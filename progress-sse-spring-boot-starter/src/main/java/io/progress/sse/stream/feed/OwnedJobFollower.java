package io.progress.sse.stream.feed;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Disposables;

import io.progress.sse.event.JobInfo;
import io.progress.sse.store.JobNotice;
import io.progress.sse.stream.OwnedJobs;
import io.progress.sse.stream.StreamRequest;

/**
 * Keeps a stream of all jobs of an owner complete. It follows jobs that appear, up to a
 * limit, and asks the store for jobs whose notices may be lost. Used only on the viewer's
 * loop.
 */
final class OwnedJobFollower {

	/** The time between two searches for jobs that were missed. */
	private static final long PAUSE_MILLIS = 500;

	private final FeedContext context;

	private final StreamRequest request;

	private final OwnedJobs jobs;

	private final OwnedPlaces places;

	private final Surroundings viewer;

	private final Disposable.Swap notices = Disposables.swap();

	/** How many jobs that have appeared are being read. */
	private int looks;

	private boolean busy;

	private boolean again;

	/** Whether there are jobs to follow as soon as there is room for them. */
	private boolean more;

	OwnedJobFollower(FeedContext context, StreamRequest request, OwnedJobs jobs, FoundJobs found, Surroundings viewer) {
		this.context = context;
		this.request = request;
		this.jobs = jobs;
		this.places = new OwnedPlaces(found);
		this.viewer = viewer;
		this.more = found.more();
	}

	OwnedPlaces places() {
		return this.places;
	}

	void start() {
		this.notices.update(this.context.owned()
			.notices(this.jobs)
			.subscribe((notice) -> this.viewer.onLoop(() -> on(notice)),
					(ex) -> this.viewer.onLoop(this.viewer::endForNow)));
	}

	void stop() {
		this.notices.dispose();
	}

	/**
	 * Forgets a job that has ended, and makes room for another.
	 */
	void end(WatchedJob job) {
		this.places.end(job.feed().job(), job.feed().info(), job.cursor().after());
		fillUp();
	}

	/**
	 * Follows jobs that had to wait, because there is room for one now. A search that is
	 * under way may have begun before there was room.
	 */
	private void fillUp() {
		if (this.more || this.busy) {
			catchUp();
		}
	}

	private void on(JobNotice notice) {
		if (notice instanceof JobNotice.Ready || notice instanceof JobNotice.Suspect) {
			catchUp();
		}
		else if (notice instanceof JobNotice.Appeared appeared) {
			onAppeared(appeared.job());
		}
	}

	private void onAppeared(JobInfo job) {
		if (!this.jobs.contains(job) || this.places.knows(job)) {
			return;
		}
		if (this.places.isBehind(job)) {
			this.more = true;
			return;
		}
		if (isFull()) {
			this.more = true;
			this.context.meters().leftOut(1);
			return;
		}
		this.looks++;
		this.context.owned()
			.appeared(this.jobs, job.id(), this.request.access())
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.subscribe((point) -> this.viewer.onLoop(() -> {
				this.looks--;
				point.ifPresentOrElse(this::follow, this::fillUp);
			}), (ex) -> this.viewer.onLoop(() -> {
				this.looks--;
				catchUpLater();
			}));
	}

	private void catchUp() {
		if (this.busy) {
			this.again = true;
			return;
		}
		this.busy = true;
		this.more = false;
		this.context.owned()
			.missed(this.jobs, this.places.since(), this.places.known(), this.request.access())
			.subscribe((found) -> this.viewer.onLoop(() -> onFound(found)), (ex) -> this.viewer.onLoop(() -> {
				this.busy = false;
				catchUpLater();
			}));
	}

	private void catchUpLater() {
		this.again = false;
		this.context.loops()
			.scheduler()
			.schedule(() -> this.viewer.onLoop(this::catchUp), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void onFound(FoundJobs found) {
		this.busy = false;
		// Jobs that have appeared since the search began may have to wait, too.
		this.more |= found.more();
		List<ResumePoint> points = found.points();
		points.forEach(this::follow);
		this.places.advance(found.since());
		if (this.again) {
			catchUpLater();
		}
	}

	private void follow(ResumePoint point) {
		if (point.page() == null || this.places.knows(point.page().job())) {
			return;
		}
		if (this.places.isBehind(point.page().job()) || (isFull() && !point.page().ended())) {
			this.more = true;
			return;
		}
		this.places.follow(point);
		this.viewer.follow(point);
	}

	private boolean isFull() {
		return this.places.followed() + this.looks >= this.context.owned().limit();
	}

	/** The methods of the viewer that it uses. */
	interface Surroundings {

		/**
		 * Runs a task on the viewer's loop, unless the viewer has ended by then.
		 */
		void onLoop(Runnable task);

		/**
		 * Follows one more job.
		 */
		void follow(ResumePoint point);

		/**
		 * Ends the stream. Its client reconnects.
		 */
		void endForNow();

	}

}
