package io.progress.sse;

/**
 * Numbers of a {@link ProgressTracker} at one moment, for meters.
 *
 * @param runningJobs jobs of this process that have not ended
 * @param waitingEvents events that were not yet sent to the store
 * @param conflatedEvents intermediate events that a newer one has replaced, since the
 * tracker was made
 * @param droppedEvents phases and notes for which the queue had no room while the store
 * did not answer, and events that the store rejected, since the tracker was made
 * @param lateCalls calls on a reporter whose job or part had ended, since the tracker was
 * made
 * @param refusedCalls calls on a reporter with an invalid number, such as a negative one,
 * since the tracker was made
 * @param strayCalls reports on threads that work on no job while jobs of this process
 * ran, since it began; they may have been meant for one of them
 */
public record TrackerStats(int runningJobs, long waitingEvents, long conflatedEvents, long droppedEvents,
		long lateCalls, long refusedCalls, long strayCalls) {

}
