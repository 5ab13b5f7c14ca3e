package io.progress.sse;

import java.time.Duration;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import io.progress.sse.event.JobId;
import io.progress.sse.store.CancelRelay;
import io.progress.sse.store.ProgressEventStore;

/**
 * The jobs of other processes, as far as the store leads to them.
 */
final class OtherNodes {

	private static final Duration MIN_PAUSE = Duration.ofMillis(100);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

	private final ProgressEventStore store;

	OtherNodes(ProgressEventStore store) {
		this.store = store;
	}

	ProgressEventStore store() {
		return this.store;
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
	 * Stops jobs of this process that others want to be stopped. What that leads to is
	 * the application's code, which must not run on a thread of the store.
	 */
	Disposable obey(Running running) {
		if (!(this.store instanceof CancelRelay relay)) {
			return Disposables.disposed();
		}
		return relay.cancelRequests()
			.retryWhen(Retry.backoff(Long.MAX_VALUE, MIN_PAUSE).maxBackoff(MAX_PAUSE))
			.mapNotNull(running::get)
			.onBackpressureLatest()
			.publishOn(Schedulers.boundedElastic())
			.subscribe(TrackedJob::cancel);
	}

	/**
	 * The job that the applicant may join instead of starting another.
	 * @return the job; empty if there is none that runs and is the applicant's
	 */
	Mono<JobHandle> joinable(Applicant applicant) {
		JobId id = applicant.id();
		return (id == null) ? Mono.empty()
				: this.store.read(id, null, 0)
					.filter((page) -> !page.ended() && applicant.mayJoin(page.job()))
					.map((page) -> new RemoteJob(page, this));
	}

}
