package io.progress.sse.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.event.JobId;
import io.progress.sse.store.CancelRelay;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.support.Backoff;
import io.progress.sse.tail.JobTail;

/**
 * The jobs of other processes that can be reached through the store.
 */
final class RemoteJobs {

	private static final Duration MIN_PAUSE = Duration.ofMillis(100);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

	private static final int MAX_TRIES = 20;

	private static final Duration POSITION_CHECK = Duration.ofSeconds(15);

	private final ProgressEventStore store;

	private final JobTail tail;

	RemoteJobs(ProgressEventStore store) {
		this.store = store;
		this.tail = new JobTail(store, Schedulers.parallel(), POSITION_CHECK);
	}

	/**
	 * Follows jobs of all processes.
	 */
	JobTail tail() {
		return this.tail;
	}

	/**
	 * Whether the store passes requests to cancel on to other processes.
	 */
	boolean canBeAsked() {
		return this.store instanceof CancelRelay;
	}

	Mono<Boolean> requestCancel(JobId job) {
		return (this.store instanceof CancelRelay relay) ? relay.requestCancel(job) : Mono.just(false);
	}

	/**
	 * Asks a job to stop, and tries again for a while if the store fails.
	 */
	void cancel(JobId job) {
		Mono.defer(() -> requestCancel(job))
			.retryWhen(Backoff.retry(MAX_TRIES, MIN_PAUSE, MAX_PAUSE))
			.onErrorComplete()
			.subscribe();
	}

	/**
	 * Stops jobs of this process when another process asks for it. Runs directly on the
	 * store's thread, so that no request is lost; application code runs on other threads.
	 */
	Disposable obey(JobRegistry running) {
		if (!(this.store instanceof CancelRelay relay)) {
			return Disposables.disposed();
		}
		return relay.cancelRequests()
			.doOnNext((id) -> cancel(running.get(id)))
			.retryWhen(Backoff.retry(Long.MAX_VALUE, MIN_PAUSE, MAX_PAUSE))
			.subscribe();
	}

	private static void cancel(@Nullable TrackedJob job) {
		if (job != null) {
			job.cancel();
		}
	}

	/**
	 * Returns the job that the caller may join, or replace if its worker is overdue.
	 * @return the job's page; empty if the caller's owner has no running job with that id
	 */
	Mono<EventPage> joinable(AdmissionRequest applicant) {
		JobId id = applicant.id();
		return (id == null) ? Mono.empty()
				: this.store.read(id, null, 0).filter((page) -> !page.ended() && applicant.mayJoin(page.job()));
	}

}
