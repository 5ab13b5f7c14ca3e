package io.progress.sse.stream.feed;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.Cursor;

/**
 * The position in one job at which a viewer continues: the client's cursor, compared with
 * the job's state in the store.
 *
 * @param job the job
 * @param cursor the client's cursor
 * @param page the job's state; {@code null} if there is no such job that the client may
 * see
 * @param createdAt when the job was admitted, even if the client may not see it;
 * {@code null} if there is no such job
 */
public record ResumePoint(JobId job, Cursor cursor, @Nullable EventPage page, @Nullable Instant createdAt) {

	/**
	 * Compares a cursor with the state in the store.
	 * @param job the job
	 * @param cursor the client's cursor
	 * @param page the job's state; {@code null} if there is no such job
	 * @return the position
	 */
	public static ResumePoint of(JobId job, Cursor cursor, @Nullable EventPage page) {
		return new ResumePoint(job, cursor, page, (page != null) ? page.job().createdAt() : null);
	}

	/**
	 * Returns the same position for a client that may not see the job.
	 * @return the position
	 */
	public ResumePoint hidden() {
		return new ResumePoint(this.job, this.cursor, null, this.createdAt);
	}

	/**
	 * Whether the client has seen all events, and there will be no more.
	 * @return {@code true} if so
	 */
	public boolean isOver() {
		if (this.page == null) {
			return this.cursor instanceof Cursor.Unknown;
		}
		boolean atEnd = this.cursor instanceof Cursor.Now
				|| (this.cursor instanceof Cursor.After after && after.id().equals(this.page.latest().id()));
		return this.page.ended() && atEnd;
	}

	/**
	 * Whether the client has seen events of a job that does not exist, or no longer.
	 * @return {@code true} if so
	 */
	public boolean isGone() {
		return this.page == null && this.cursor instanceof Cursor.After;
	}

	/**
	 * Whether the viewer must wait for the job.
	 * @return {@code true} if so
	 */
	public boolean mustWait() {
		return this.page == null && !isOver() && !isGone();
	}

	/**
	 * Whether the events after the cursor are lost, or the cursor was never valid.
	 * @return {@code true} if so
	 */
	public boolean isStale() {
		return this.cursor instanceof Cursor.Foreign || (this.page != null && this.page.stale());
	}

	boolean isKnown() {
		return this.page != null;
	}

	/**
	 * Returns the id of the job's newest event; {@code null} if there is no such job that
	 * the viewer may see.
	 */
	@Nullable EventId latest() {
		return (this.page != null) ? this.page.latest().id() : null;
	}

	/**
	 * Returns the id of the event to continue after; {@code null} for the beginning.
	 */
	@Nullable EventId after() {
		if (isStale()) {
			return null;
		}
		if (this.cursor instanceof Cursor.After position) {
			return position.id();
		}
		return (this.cursor instanceof Cursor.Now) ? latest() : null;
	}

	/**
	 * Returns an event to begin with.
	 */
	@Nullable StoredEvent first() {
		return (this.page != null && this.cursor instanceof Cursor.Latest) ? this.page.latest() : null;
	}

	/**
	 * Returns the newest event, if the events after the cursor are lost.
	 */
	@Nullable StoredEvent insteadOfLost() {
		return (this.page != null && isStale()) ? this.page.latest() : null;
	}

}
