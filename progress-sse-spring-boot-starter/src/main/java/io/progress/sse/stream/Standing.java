package io.progress.sse.stream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventPage;

/**
 * A client's cursor held against what the store knows.
 *
 * @param job the job
 * @param cursor where the client wants to go on
 * @param page where the job stands; {@code null} if there is none that the client may see
 */
record Standing(JobId job, Cursor cursor, @Nullable EventPage page) {

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

	boolean isStale() {
		return this.cursor instanceof Cursor.Foreign || (this.page != null && this.page.stale());
	}

	FeedCursor.Start start() {
		if (this.page == null) {
			return new FeedCursor.Start(this.job, null, (this.cursor instanceof Cursor.After after) ? after.id() : null,
					null, null);
		}
		if (isStale()) {
			return new FeedCursor.Start(this.job, this.page.latest().id(), null, null, this.page.latest());
		}
		if (this.cursor instanceof Cursor.Latest) {
			return new FeedCursor.Start(this.job, this.page.latest().id(), null, this.page.latest(), null);
		}
		if (this.cursor instanceof Cursor.Now) {
			return new FeedCursor.Start(this.job, this.page.latest().id(), this.page.latest().id(), null, null);
		}
		return new FeedCursor.Start(this.job, this.page.latest().id(),
				(this.cursor instanceof Cursor.After after) ? after.id() : null, null, null);
	}

}
