package io.progress.sse.stream.admission;

import java.time.Duration;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;
import io.progress.sse.stream.StreamLimit;
import io.progress.sse.stream.frame.SseFrames;

/**
 * The answer to a request for a stream.
 */
public sealed interface StreamAnswer
		permits GrantedStream, StreamAnswer.Over, StreamAnswer.Stale, StreamAnswer.Unknown, StreamAnswer.Refused {

	/** The client has seen all events that there will ever be. */
	record Over() implements StreamAnswer {

	}

	/**
	 * The events behind the cursor are lost, or never were.
	 *
	 * @param job the job of the cursor
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
	 * @param limit the limit that stands against it
	 * @param retryAfter when to come again
	 * @param soft whether the client had a place before, the node is leaving, or the
	 * store is out of reach; a browser would take an error status as final, and so it
	 * should get {@link #goodbye()}
	 */
	record Refused(StreamLimit limit, Duration retryAfter, boolean soft) implements StreamAnswer {

		/**
		 * A body that says the same to a browser, which reads nothing else.
		 * @return the body of an event stream
		 */
		public byte[] goodbye() {
			return SseFrames.goodbye(this.retryAfter);
		}

	}

}
