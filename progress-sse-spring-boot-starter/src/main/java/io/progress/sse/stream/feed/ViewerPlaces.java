package io.progress.sse.stream.feed;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;

/**
 * The places that one viewer takes: among the viewers of a job, and in the waiting room
 * for jobs that do not exist yet.
 */
final class ViewerPlaces {

	private final @Nullable StreamCounts counts;

	private final WaitingRoom waitingRoom;

	private final @Nullable String caller;

	private final Object client;

	private final Runnable sendAway;

	/**
	 * Creates the places of a viewer that has none yet.
	 * @param counts the viewers of each job; {@code null} for a viewer that is not
	 * counted
	 * @param waitingRoom the waiting room
	 * @param caller the caller's name; {@code null} if it is not known
	 * @param client the client whose places in the waiting room are limited
	 * @param sendAway ends the viewer, which has lost its place; called on any thread
	 */
	ViewerPlaces(@Nullable StreamCounts counts, WaitingRoom waitingRoom, @Nullable String caller, Object client,
			Runnable sendAway) {
		this.counts = counts;
		this.waitingRoom = waitingRoom;
		this.caller = caller;
		this.client = client;
		this.sendAway = sendAway;
	}

	/**
	 * Takes a place among the viewers of a job, and ends the viewer if there is none.
	 * @return whether the viewer is counted
	 */
	boolean enter(JobId job) {
		if (this.counts == null) {
			return false;
		}
		boolean entered = this.counts.enter(job);
		if (!entered) {
			this.sendAway.run();
		}
		return entered;
	}

	/**
	 * Frees a place among the viewers of a job.
	 */
	void leave(JobId job) {
		if (this.counts != null) {
			this.counts.leave(job);
		}
	}

	/**
	 * Takes a place in the waiting room.
	 */
	WaitingRoom.Place await(JobId job) {
		return this.waitingRoom.enter(job, this.caller, this.client, this.sendAway);
	}

	/**
	 * Frees a place in the waiting room.
	 */
	void giveUp(WaitingRoom.Place place) {
		this.waitingRoom.leave(place);
	}

}
