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

	/** The client has seen all events, and there will be no more. */
	record Over() implements StreamAnswer {

	}

	/**
	 * The events after the cursor are lost, or the cursor was never valid.
	 *
	 * @param job the job of the cursor
	 * @param earliest the oldest stored event
	 * @param latest the newest event
	 */
	record Stale(JobId job, EventId earliest, EventId latest) implements StreamAnswer {

	}

	/** There is no such job, and the client may not wait for it. */
	record Unknown() implements StreamAnswer {

	}

	/**
	 * The stream is refused for now.
	 *
	 * @param limit the reason
	 * @param retryAfter when to try again
	 * @param soft whether the client had a stream before, the node shuts down, or the
	 * store is unreachable. Browsers never retry after an error status, so these clients
	 * should get {@link #goodbye()}
	 */
	record Refused(StreamLimit limit, Duration retryAfter, boolean soft) implements StreamAnswer {

		/**
		 * Returns a stream that only tells a browser when to reconnect.
		 * @return the body of an event stream
		 */
		public byte[] goodbye() {
			return SseFrames.goodbye(this.retryAfter);
		}

	}

}
