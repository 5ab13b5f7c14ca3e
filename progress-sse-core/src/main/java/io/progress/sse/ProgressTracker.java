package io.progress.sse;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.engine.JobExecutor;
import io.progress.sse.event.JobId;

/**
 * Starts jobs from code. {@link TrackProgress} does the same for methods.
 *
 * <p>
 * A job is admitted before its work begins: its id is bound and {@code queued} goes to
 * the store. A store that does not answer does not delay the work: the events wait for
 * it, in a bounded queue. Every method that starts a job throws (or signals)
 * {@link DuplicateJobException} according to the specification's {@link DuplicateJobs},
 * and {@link TooManyJobsException} when the in-memory store is full of jobs that have not
 * ended.
 */
public interface ProgressTracker extends AutoCloseable {

	/**
	 * Runs a task on the tracker's executor. The job is queued until a thread is free.
	 * @param spec the job
	 * @param task the work
	 * @return the job, at once
	 * @throws TooManyJobsException if the executor is a {@link JobExecutor} and its queue
	 * is full; then no job is started
	 */
	JobHandle start(JobSpec spec, ProgressTask<?> task);

	/**
	 * Runs a task on an executor. A job whose task the executor refuses fails with code
	 * {@code rejected}, and the refusal is thrown.
	 * @param spec the job
	 * @param task the work
	 * @param executor where it runs
	 * @return the job, at once
	 */
	JobHandle start(JobSpec spec, ProgressTask<?> task, Executor executor);

	/**
	 * Runs a task on this thread.
	 * @param <T> the type of the result
	 * @param spec the job
	 * @param task the work
	 * @return what the task returns
	 * @throws Exception what the task throws
	 */
	<T extends @Nullable Object> T run(JobSpec spec, ProgressTask<T> task) throws Exception;

	/**
	 * Runs a task on the tracker's executor.
	 * @param <T> the type of the result
	 * @param spec the job
	 * @param task the work
	 * @return completes as the task does, after the job has ended; cancelling it asks the
	 * job to stop
	 * @throws TooManyJobsException as {@link #start(JobSpec, ProgressTask)} does
	 */
	<T extends @Nullable Object> CompletableFuture<T> submit(JobSpec spec, ProgressTask<T> task);

	/**
	 * Makes each subscription a job, from subscription to termination. Cancelling the
	 * subscription ends it as cancelled.
	 * @param <T> the type of the elements
	 * @param spec the job
	 * @param work the work
	 * @return the same signals as the work's
	 */
	<T> Mono<T> mono(JobSpec spec, Function<ProgressReporter, ? extends Mono<? extends T>> work);

	/**
	 * Makes each subscription a job, from subscription to termination. Cancelling the
	 * subscription ends it as cancelled.
	 * @param <T> the type of the elements
	 * @param spec the job
	 * @param work the work
	 * @return the same signals as the work's
	 */
	<T> Flux<T> flux(JobSpec spec, Function<ProgressReporter, ? extends Publisher<? extends T>> work);

	/**
	 * Admits a job that the caller ends. If the caller chose the id and this thread may
	 * block, waits for the store to confirm it, up to the admission timeout.
	 * @param spec the job
	 * @return the job, queued
	 */
	ProgressJob open(JobSpec spec);

	/**
	 * Admits a job that the caller ends, unless the specification
	 * {@linkplain DuplicateJobs#JOIN joins} a running job: then there is nothing to do.
	 * @param spec the job
	 * @return the job, queued; empty if it runs already
	 */
	Optional<ProgressJob> openOrJoin(JobSpec spec);

	/**
	 * Admits, without blocking, a job that the caller ends.
	 * @param spec the job
	 * @return emits the queued job when the store has confirmed it or the admission
	 * timeout is over; a new job for each subscription
	 */
	Mono<ProgressJob> admit(JobSpec spec);

	/**
	 * Returns a job of this process that has not ended.
	 * @param id its id
	 * @return the job; empty if it has ended, is unknown, or runs elsewhere
	 */
	Optional<JobHandle> find(JobId id);

	/**
	 * Asks a job of this process to stop.
	 * @param id its id
	 * @return {@code false} if it has ended, is unknown, or runs elsewhere
	 */
	default boolean cancel(JobId id) {
		return find(id).map(JobHandle::cancel).orElse(false);
	}

	/**
	 * Asks a job to stop in whatever process it runs; for other processes the store must
	 * be a {@link io.progress.sse.store.CancelRelay}. The caller must check who may ask.
	 * @param id its id
	 * @return {@code false} if it has ended, is unknown, or runs in another process that
	 * the store cannot reach
	 */
	Mono<Boolean> requestCancel(JobId id);

	/**
	 * Returns numbers for meters.
	 * @return what they are at this moment
	 */
	TrackerStats stats();

	/**
	 * Returns numbers for meters about the store.
	 * @return what they are at this moment
	 */
	default StoreStats storeStats() {
		return StoreStats.NONE;
	}

	/**
	 * Returns the age of the oldest event that the store has not taken yet. Visits all
	 * running jobs.
	 * @return the age; zero if there is no such event
	 */
	default Duration oldestWaiting() {
		return Duration.ZERO;
	}

	/**
	 * Asks the jobs of this process to stop, because the process is about to end, and
	 * waits for them. Work that calls {@link ProgressReporter#checkCancelled} stops, and
	 * its job ends as failed with code {@code shutdown}. Work that does not call it goes
	 * on, and so do jobs that are started later.
	 * @param patience how long to wait at most
	 * @return whether all of these jobs have ended
	 */
	default boolean stop(Duration patience) {
		return false;
	}

	/**
	 * {@linkplain #stop Asks} all running jobs to stop, ends them at once as failed with
	 * code {@code shutdown}, and waits until the remaining events are stored, up to the
	 * flush timeout. Work is not interrupted. Jobs that are started later end in the same
	 * way before their work begins; the work itself still runs, so that methods which are
	 * called during a shutdown still work.
	 */
	@Override
	void close();

}
