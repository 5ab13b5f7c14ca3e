package io.progress.sse.stream;

import java.time.Duration;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;

/**
 * What becomes of a {@link StreamRequest}.
 */
public sealed interface StreamAnswer {

	/**
	 * Here it is.
	 *
	 * @param body to be opened once
	 */
	record Granted(StreamBody body) implements StreamAnswer {

	}

	/** The client has seen everything there will ever be. */
	record Over() implements StreamAnswer {

	}

	/**
	 * The cursor is not good (any more).
	 *
	 * @param job whose cursor
	 * @param earliest the oldest event that is retained
	 * @param latest the newest event
	 */
	record Stale(JobId job, EventId earliest, EventId latest) implements StreamAnswer {

	}

	/** There is no such job, and no room to wait for it. */
	record Unknown() implements StreamAnswer {

	}

	/**
	 * Not now.
	 *
	 * @param limit what stands against it
	 * @param retryAfter when to come again
	 * @param soft whether the client had a place before, the node is leaving, or the
	 * store is out of reach; a browser would take an error status as final, and so it
	 * should get {@link #goodbye()}
	 */
	record Refused(Limit limit, Duration retryAfter, boolean soft) implements StreamAnswer {

		/**
		 * A body that says the same to a browser, which reads nothing else.
		 * @return the body of an event stream
		 */
		public byte[] goodbye() {
			return Frames.goodbye(this.retryAfter);
		}

	}

	/** What a stream can be refused for. */
	enum Limit {

		/** Too many streams on this node. */
		NODE,

		/** Too many streams of this principal. */
		PRINCIPAL,

		/** Too many streams of this job. */
		JOB,

		/** The node is shutting down. */
		SHUTDOWN,

		/** The store is out of reach. */
		STORE

	}

}
