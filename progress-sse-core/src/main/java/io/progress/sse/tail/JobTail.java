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
 * Follows a job through any {@link ProgressEventStore}: what is stored first, then what
 * comes, in order, without a gap and without a duplicate; ticks that the store has
 * dropped are no gap. A loss that cannot be made good is said, by
 * {@link TailSignal.Reset}.
 * <ol>
 * <li>Listen. Notices are only hints; they wait in a buffer of 512, and if it is full,
 * those that find no place are dropped and step 2 is due again.</li>
 * <li>Read what follows the position, which is the id of the last event signalled: when
 * the store is ready and whenever it says so again, when something is suspect, when a
 * notice does not fit (step 4), and every now and then in case a lane died silently (step
 * 5). There is one read at a time and no notice is looked at meanwhile; a page that is
 * not the last is followed by another.</li>
 * <li>Signal the events of the page. If the job is unknown, say so and wait. If the
 * position is stale, look for the event itself: a writer that restores what the store had
 * forgotten gives it another id. If it is there, say so and go on behind it. If the store
 * has only lost its newest events, wait for a while for the writer. Otherwise signal a
 * reset and go on from the newest event.</li>
 * <li>Then take the notices from the buffer. One that follows the position (its {@code n}
 * is the next and its predecessor is the very position) is signalled and moves the
 * position, once the pages have caught up; one that is not newer, neither by {@code n}
 * nor by {@code ms}, is a repetition and dropped; any other leads back to step 2.</li>
 * <li>Look at the position each {@code positionCheck}, give or take a fifth so that tails
 * spread out, and each second while the store is not ready. If notices have moved the
 * position since the last look, that is enough, unless the store has leases. A
 * {@link LosslessProgressEventStore} that is ready is not looked at.</li>
 * <li>Where the store has leases, look again when the lease is over, say that the worker
 * is overdue, look again after the grace, and mark the job as lost ({@link TailLease}).
 * Say so, too, when it is heard of again and no event does. While the store is out of
 * reach, workers cannot show that they are alive either: they have half a lease to do so
 * once it is back.</li>
 * <li>A read that fails is tried again, and a listening that ends is begun again, after a
 * pause of 50 ms that doubles up to 2 s, give or take a half. Errors are not
 * signalled.</li>
 * <li>The terminal event, also one in a reset's page, completes the tail, which has said
 * by then that it has caught up. Completion and cancellation release the listening, the
 * read and the timers.</li>
 * </ol>
 * All steps of one tail run one after the other, on a loop that the caller names or on a
 * worker of the scheduler, never on a thread that appends.
 */
public final class JobTail {

	private final ProgressEventStore store;

	private final Scheduler scheduler;

	private final Duration positionCheck;

	/**
	 * Creates a tail.
	 * @param store the store to follow jobs through
	 * @param scheduler where signals come from; non-blocking work only, such as
	 * {@code Schedulers.parallel()}. Its workers are not disposed of
	 * @param positionCheck how long a silent loss may go unseen, twice as long if there
	 * was news just before it; at least 1 ms
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
	 * @param after the position to start behind; {@code null} for all that is retained
	 * @return the signals, anew for each subscription. Subscribers request without bound
	 * and are quick; one that is behind its demand gets an error. Completes after the
	 * terminal event, and never without a {@link TailSignal.CaughtUp} before
	 */
	public Flux<TailSignal> follow(JobId job, @Nullable EventId after) {
		return Flux.defer(() -> follow(job, after, this.scheduler.createWorker()::schedule));
	}

	/**
	 * Follows a job where its signals are wanted.
	 * @param job the job
	 * @param after the position to start behind; {@code null} for all that is retained
	 * @param loop where signals come from: runs tasks one after the other, non-blocking
	 * work only. If it refuses one, the signals end with that error
	 * @return the signals, as of {@link #follow(JobId, EventId)}
	 */
	public Flux<TailSignal> follow(JobId job, @Nullable EventId after, Executor loop) {
		return Flux
			.push((sink) -> new TailSession(this.store, this.scheduler, loop, this.positionCheck, job, after, sink)
				.start(), OverflowStrategy.ERROR);
	}

}
