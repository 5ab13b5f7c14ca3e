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
 * The jobs of other processes, as far as the store leads to them.
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
	 * Whether the store carries wishes to other processes.
	 */
	boolean canBeAsked() {
		return this.store instanceof CancelRelay;
	}

	Mono<Boolean> requestCancel(JobId job) {
		return (this.store instanceof CancelRelay relay) ? relay.requestCancel(job) : Mono.just(false);
	}

	/**
	 * Asks for a job to be stopped, and goes on asking for a while if the store takes
	 * nothing.
	 */
	void cancel(JobId job) {
		Mono.defer(() -> requestCancel(job))
			.retryWhen(Backoff.retry(MAX_TRIES, MIN_PAUSE, MAX_PAUSE))
			.onErrorComplete()
			.subscribe();
	}

	/**
	 * Asks jobs of this process to stop that others want to be stopped. At once, on the
	 * store's thread: nothing can be lost, and the application's code runs elsewhere.
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
	 * The job that the applicant may join, or replace if its worker is overdue.
	 * @return the job's page; empty if there is none that has not ended and is the
	 * applicant's
	 */
	Mono<EventPage> joinable(AdmissionRequest applicant) {
		JobId id = applicant.id();
		return (id == null) ? Mono.empty()
				: this.store.read(id, null, 0).filter((page) -> !page.ended() && applicant.mayJoin(page.job()));
	}

}
