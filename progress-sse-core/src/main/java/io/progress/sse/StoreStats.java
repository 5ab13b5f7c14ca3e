package io.progress.sse;

import java.time.Duration;

/**
 * How the store takes the events of a {@link ProgressTracker}, for meters.
 *
 * @param publishedEvents events that the store has taken, since the tracker was made
 * @param answers batches of events that it has answered, since the tracker was made
 * @param answerTime how long these answers took in all
 */
public record StoreStats(long publishedEvents, long answers, Duration answerTime) {

	/** Nothing has happened. */
	public static final StoreStats NONE = new StoreStats(0, 0, Duration.ZERO);

}
