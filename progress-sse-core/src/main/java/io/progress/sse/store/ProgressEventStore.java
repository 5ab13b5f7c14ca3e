package io.progress.sse.store;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.tail.JobTail;

/**
 * Keeps the events of jobs, gives each its {@link EventId}, replays them, and tells when
 * new ones come. Everything is keyed by job; jobs do not know of each other. A store
 * never has to merge replay and live: {@link JobTail} does that, from {@link #read} and
 * {@link #listen}, for every store alike.
 *
 * <p>
 * Implementations are safe for use by many threads. No method blocks, neither when called
 * nor when subscribed to; work starts at subscription, once per subscription. Failures of
 * the store itself (out of reach, full) are error signals and leave nothing half done;
 * the caller tries again, so every method bears repetition. A batch that will fail at
 * every try is an {@link EventRejectedException}. The published test class
 * {@code ProgressEventStoreContract} checks all that is said here.
 */
public interface ProgressEventStore {

	/**
	 * Stores a batch behind all that the job holds, whole or not at all, and gives its
	 * events ids: {@code n} rises by one from event to event, {@code ms} never falls.
	 * Atomic per job. Repeating a batch, whole or overlapping, stores only what is not
	 * there yet and answers {@link AppendResult.Status#STORED}: the pair of writer and
	 * sequence tells. Of two writers of one job the one with the higher token wins.
	 * Nothing is ever stored behind a terminal event.
	 * @param batch what to store
	 * @return what became of it
	 */
	Mono<AppendResult> append(EventBatch batch);

	/**
	 * Reads the events after a cursor. Sees every append that was acknowledged before.
	 * Milestones stay as long as their job, within a budget of their own; of ticks, the
	 * newest do.
	 * @param job the job
	 * @param after the cursor: an id of this job, which itself is not returned;
	 * {@code null} for all that is retained
	 * @param limit how many events at most; 0 asks only where the job stands
	 * @return the page; empty if the store knows no such job
	 */
	Mono<EventPage> read(JobId job, @Nullable EventId after, int limit);

	/**
	 * Follows a job, which need not exist yet. Says {@link StoreNotice.Ready} first.
	 * Pushes without regard to demand, from whatever thread appends: subscribers request
	 * without bound, return quickly and never block. Does not end by itself; an error
	 * means that the store gave up listening and wants to be subscribed to again.
	 * @param job the job
	 * @return what happens to it
	 */
	Flux<StoreNotice> listen(JobId job);

	/**
	 * Forgets a job and its events. Cursors into it find nothing from then on, and those
	 * that listen are told to read. A writer that still appends makes the job again.
	 * @param job the job; need not exist
	 * @return whether there was something to forget
	 */
	Mono<Boolean> delete(JobId job);

}
