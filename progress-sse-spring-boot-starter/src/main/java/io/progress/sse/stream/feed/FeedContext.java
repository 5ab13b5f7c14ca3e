package io.progress.sse.stream.feed;

import java.util.function.LongSupplier;

import io.progress.sse.stream.StreamMeters;
import io.progress.sse.stream.StreamSettings;
import io.progress.sse.stream.format.ProgressEventFormats;

/**
 * The parts that all viewers of a node share.
 *
 * @param formats the formats
 * @param settings the settings
 * @param meters the meters
 * @param clock nanoseconds since an arbitrary moment, at least 1
 * @param loops the loops on which viewers are served
 * @param feeds the feeds of the watched jobs
 * @param counts the counts of open streams
 * @param waitingRoom the streams that wait for jobs
 * @param owned finds the jobs of an owner
 */
public record FeedContext(ProgressEventFormats formats, StreamSettings settings, StreamMeters meters,
		LongSupplier clock, ViewerLoops loops, FeedRegistry feeds, StreamCounts counts, WaitingRoom waitingRoom,
		OwnedJobFinder owned) {

	/**
	 * Returns the time.
	 * @return nanoseconds, at least 1
	 */
	public long now() {
		return this.clock.getAsLong();
	}

}
