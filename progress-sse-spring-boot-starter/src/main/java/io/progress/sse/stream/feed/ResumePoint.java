package io.progress.sse.stream.feed;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.Cursor;

/**
 * The place in one job where a viewer goes on: the client's cursor, compared with what
 * the store knows of the job.
 *
 * @param job the job
 * @param cursor where the client wants to go on
 * @param page the job's state; {@code null} if there is no such job that the client may
 * see
 * @param createdAt when the job was admitted, no matter who may see it; {@code null} if
 * there is none
 */
public record ResumePoint(JobId job, Cursor cursor, @Nullable EventPage page, @Nullable Instant createdAt) {

	/**
	 * Compares a cursor with what the store knows.
	 * @param job the job
	 * @param cursor where the client wants to go on
	 * @param page the job's state; {@code null} if there is no such job
	 * @return the place
	 */
	public static ResumePoint of(JobId job, Cursor cursor, @Nullable EventPage page) {
		return new ResumePoint(job, cursor, page, (page != null) ? page.job().createdAt() : null);
	}

	/**
	 * The same for a client that may not see the job.
	 * @return the place
	 */
	public ResumePoint hidden() {
		return new ResumePoint(this.job, this.cursor, null, this.createdAt);
	}

	/**
	 * Whether the client has seen all events that there will ever be.
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
	 * Whether the client has seen events of a job that is not there (any more).
	 * @return {@code true} if so
	 */
	public boolean isGone() {
		return this.page == null && this.cursor instanceof Cursor.After;
	}

	/**
	 * Whether the job has to be waited for.
	 * @return {@code true} if so
	 */
	public boolean mustWait() {
		return this.page == null && !isOver() && !isGone();
	}

	/**
	 * Whether the events behind the cursor are lost, or never were.
	 * @return {@code true} if so
	 */
	public boolean isStale() {
		return this.cursor instanceof Cursor.Foreign || (this.page != null && this.page.stale());
	}

	boolean isKnown() {
		return this.page != null;
	}

	/**
	 * Id of the job's newest event; {@code null} if there is no such job that the viewer
	 * may see.
	 */
	@Nullable EventId latest() {
		return (this.page != null) ? this.page.latest().id() : null;
	}

	/**
	 * Id of the event to go on behind; {@code null} for the beginning.
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
	 * An event to begin with.
	 */
	@Nullable StoredEvent first() {
		return (this.page != null && this.cursor instanceof Cursor.Latest) ? this.page.latest() : null;
	}

	/**
	 * The newest event, if the events behind the cursor are lost.
	 */
	@Nullable StoredEvent insteadOfLost() {
		return (this.page != null && isStale()) ? this.page.latest() : null;
	}

}
