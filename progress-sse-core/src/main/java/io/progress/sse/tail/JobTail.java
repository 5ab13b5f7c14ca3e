package io.progress.sse.tail;

import java.time.Duration;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.scheduler.Scheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;
import io.progress.sse.store.LosslessProgressEventStore;
import io.progress.sse.store.ProgressEventStore;

/**
 * Follows a job through any {@link ProgressEventStore}: first the stored events, then the
 * new ones, in order, without a gap and without a duplicate; ticks that the store has
 * dropped are not a gap. A loss that cannot be repaired is signalled by
 * {@link TailSignal.Reset}.
 * <ol>
 * <li>Listen. Notices are only hints. They wait in a buffer of 512; if it is full,
 * further ones are dropped and step 2 is done again.</li>
 * <li>Read the events after the position, which is the id of the last signalled event.
 * This happens each time the store says that it is ready or that a notice may be lost,
 * when a notice does not fit (step 4), and now and then in case the connection has failed
 * silently (step 5). There is one read at a time, and notices wait meanwhile; a page that
 * is not the last is followed by another.</li>
 * <li>Signal the events of the page. If the job is unknown, signal that and wait. If the
 * position is stale, look for the same event under another id, because a writer may have
 * restored events that the store had lost. If it is found, signal that and go on after
 * it. If the store has only lost its newest events, wait for a while until the writer
 * restores them. Otherwise signal a reset and go on from the newest event.</li>
 * <li>Then take the notices from the buffer. A notice whose {@code n} is the next one and
 * whose predecessor is the position is signalled and moves the position, once the pages
 * have caught up. A notice that is newer neither by {@code n} nor by {@code ms} is a
 * repetition and is dropped. Any other leads back to step 2.</li>
 * <li>Check the position every {@code positionCheck}, plus or minus a fifth so that tails
 * spread out, and every second while the store is not ready. If notices have moved the
 * position since the last check, no read is necessary, unless the store has leases. A
 * {@link LosslessProgressEventStore} that is ready is not checked.</li>
 * <li>If the store has leases, read again when the lease is over, signal that the worker
 * is overdue, read again after the grace, and mark the job as lost ({@link TailLease}).
 * If the worker gives a sign of life without an event, signal that too. While the store
 * is unreachable, workers cannot renew their leases either; they get half a lease to do
 * so once it is back.</li>
 * <li>After a failure of a read or of the subscription, try again after a pause of 50 ms
 * that doubles up to 2 s, plus or minus a half. Errors are not signalled.</li>
 * <li>The terminal event, also one in a reset's page, completes the tail, after the
 * signal that it has caught up. Completion and cancellation end the subscription, the
 * read and the timers.</li>
 * </ol>
 * All steps of one tail run one after the other, on a loop that the caller gives or on a
 * worker of the scheduler, never on an appending thread.
 */
public final class JobTail {

	private final ProgressEventStore store;

	private final Scheduler scheduler;

	private final Duration positionCheck;

	/**
	 * Creates a tail.
	 * @param store the store
	 * @param scheduler runs the signals; for non-blocking work only, such as
	 * {@code Schedulers.parallel()}. Its workers are not disposed of
	 * @param positionCheck how long a silent loss may stay unnoticed, twice as long if
	 * there was a notice just before it; at least 1 ms
	 * @throws IllegalArgumentException if the position check is shorter
	 */
	public JobTail(ProgressEventStore store, Scheduler scheduler, Duration positionCheck) {
		if (positionCheck.toMillis() < 1) {
			throw new IllegalArgumentException("'positionCheck' must be at least 1 ms, but is " + positionCheck);
		}
		this.store = store;
		this.scheduler = scheduler;
		this.positionCheck = positionCheck;
	}

	/**
	 * Follows a job, which need not exist yet.
	 * @param job the job
	 * @param after the position to start after; {@code null} for all stored events
	 * @return the signals, separate for each subscription. Subscribers request without
	 * bound and return quickly; one whose demand is too small gets an error. Completes
	 * after the terminal event, and always after a {@link TailSignal.CaughtUp}
	 */
	public Flux<TailSignal> follow(JobId job, @Nullable EventId after) {
		return Flux.defer(() -> follow(job, after, this.scheduler.createWorker()::schedule));
	}

	/**
	 * Follows a job on a given executor.
	 * @param job the job
	 * @param after the position to start after; {@code null} for all stored events
	 * @param loop runs the signals, one task after the other; for non-blocking work only.
	 * If it refuses one, the signals end with that error
	 * @return the signals, see {@link #follow(JobId, EventId)}
	 */
	public Flux<TailSignal> follow(JobId job, @Nullable EventId after, Executor loop) {
		return Flux
			.push((sink) -> new TailSession(this.store, this.scheduler, loop, this.positionCheck, job, after, sink)
				.start(), OverflowStrategy.ERROR);
	}

}
