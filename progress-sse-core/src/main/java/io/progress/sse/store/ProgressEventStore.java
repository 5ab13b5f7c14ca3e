package io.progress.sse.store;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;

/**
 * Keeps the events of jobs, gives each its {@link EventId}, replays them, and notifies
 * listeners of new ones. Everything is keyed by job; jobs are independent of each other.
 * A store does not have to merge replayed and live events:
 * {@link io.progress.sse.tail.JobTail} does that for every store, with {@link #read} and
 * {@link #listen}.
 *
 * <p>
 * Implementations are safe for use by many threads. No method blocks, neither when called
 * nor when subscribed to; work starts at subscription, once per subscription. Failures of
 * the store itself (unreachable, full) are error signals and leave nothing half done. The
 * caller tries again, so every method must be safe to repeat. A batch that would fail at
 * every try is answered with an {@link EventRejectedException}. The published test class
 * {@code ProgressEventStoreContract} checks all these rules.
 */
public interface ProgressEventStore {

	/**
	 * Appends a batch to the events of the job, either all of it or nothing, and gives
	 * its events ids: {@code n} rises by one from event to event, {@code ms} never falls.
	 * Atomic per job. Repeating a batch, completely or partly, stores only its new events
	 * and answers {@link AppendResult.Status#STORED}: the store recognises events by
	 * writer and sequence number. Of two writers of one job the one with the higher token
	 * wins. Nothing is ever stored after a terminal event.
	 * @param batch the batch
	 * @return the answer
	 */
	Mono<AppendResult> append(EventBatch batch);

	/**
	 * Reads the events after a cursor. Sees every append that was acknowledged before.
	 * Milestones stay as long as their job, up to a separate limit; of the ticks only the
	 * newest stay.
	 * @param job the job
	 * @param after the cursor: an id of this job, which itself is not returned;
	 * {@code null} for all stored events
	 * @param limit how many events at most; 0 asks only for the job's state
	 * @return the page; empty if the store knows no such job
	 */
	Mono<EventPage> read(JobId job, @Nullable EventId after, int limit);

	/**
	 * Follows a job, which need not exist yet. Emits {@link StoreNotice.Ready} first.
	 * Ignores demand and emits on any appending thread: subscribers request without
	 * bound, return quickly and never block. Does not complete by itself; after an error
	 * the caller must subscribe again.
	 * @param job the job
	 * @return its notices
	 */
	Flux<StoreNotice> listen(JobId job);

	/**
	 * Deletes a job and its events. Its cursors become invalid, and listeners get a
	 * notice to read. A writer that still appends creates the job again.
	 * @param job the job; need not exist
	 * @return whether there was anything to delete
	 */
	Mono<Boolean> delete(JobId job);

}
