package io.progress.sse.stream;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;

/**
 * A client's cursor held against what the store knows.
 *
 * @param job the job
 * @param cursor where the client wants to go on
 * @param page where the job stands; {@code null} if there is none that the client may see
 * @param createdAt when the job was admitted, whoever may see it; {@code null} if there
 * is none
 */
record Standing(JobId job, Cursor cursor, @Nullable EventPage page, @Nullable Instant createdAt) {

	static Standing of(JobId job, Cursor cursor, @Nullable EventPage page) {
		return new Standing(job, cursor, page, (page != null) ? page.job().createdAt() : null);
	}

	/**
	 * The same for a client that may not see the job.
	 */
	Standing hidden() {
		return new Standing(this.job, this.cursor, null, this.createdAt);
	}

	/**
	 * Whether the client has seen everything there will ever be.
	 */
	boolean isOver() {
		if (this.page == null) {
			return this.cursor instanceof Cursor.Unknown;
		}
		boolean atEnd = this.cursor instanceof Cursor.Now
				|| (this.cursor instanceof Cursor.After after && after.id().equals(this.page.latest().id()));
		return this.page.ended() && atEnd;
	}

	/**
	 * Whether the client has seen events of a job that is not there (any more).
	 */
	boolean isGone() {
		return this.page == null && this.cursor instanceof Cursor.After;
	}

	/**
	 * Whether the job has to be waited for.
	 */
	boolean mustWait() {
		return this.page == null && !isOver() && !isGone();
	}

	boolean isStale() {
		return this.cursor instanceof Cursor.Foreign || (this.page != null && this.page.stale());
	}

	/**
	 * Whether the client has been on this stream before.
	 */
	boolean isReturn() {
		return this.cursor.isReturn();
	}

	FeedCursor.Start start() {
		EventId after = (this.cursor instanceof Cursor.After position) ? position.id() : null;
		if (this.page == null) {
			return new FeedCursor.Start(this.job, this.createdAt, null, after, null, null, isGone(), isOver());
		}
		StoredEvent latest = this.page.latest();
		StoredEvent first = (this.cursor instanceof Cursor.Latest) ? latest : null;
		StoredEvent insteadOfLost = isStale() ? latest : null;
		if (this.cursor instanceof Cursor.Now) {
			after = latest.id();
		}
		return new FeedCursor.Start(this.job, this.createdAt, latest.id(), isStale() ? null : after, first,
				insteadOfLost, false, isOver());
	}

}
