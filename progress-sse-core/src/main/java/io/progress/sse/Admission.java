package io.progress.sse;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.WriterToken;

/**
 * Lets jobs in.
 *
 * <ol>
 * <li>The id is the one that the request brought, else the specified one, else a new
 * one.</li>
 * <li>The job is registered in this process and {@code queued} goes to the store, which
 * knows of jobs elsewhere.</li>
 * <li>Only for an id that somebody chose is the store's answer waited for: a new one
 * cannot be taken. The wait is bounded, and a thread that must not block does not wait;
 * then the work begins unconfirmed, because a store that is away must not hold it
 * up.</li>
 * </ol>
 */
final class Admission {

	private static final Logger logger = LoggerFactory.getLogger(Admission.class);

	private final AtomicLong lastOrder = new AtomicLong();

	private final Engine engine;

	private final Running running;

	private final JobIdGenerator ids;

	private final Duration timeout;

	Admission(Engine engine, Running running, ProgressTrackerBuilder settings) {
		this.engine = engine;
		this.running = running;
		this.ids = (settings.idGenerator != null) ? settings.idGenerator : new TimeOrderedJobIds(settings.clock);
		this.timeout = settings.admissionTimeout;
	}

	TrackedJob open(Applicant applicant) {
		Wait wait = (applicant.id() == null || Schedulers.isInNonBlockingThread()) ? Wait.NOT : Wait.BOUNDED;
		AppendMode mode = mode(await(replaceable(applicant), wait, Boolean.FALSE));
		TrackedJob job = register(applicant, mode);
		AppendResult.Status status = await(job.outbox().admission(), wait, AppendResult.Status.STORED);
		return admitted(job, applicant, status);
	}

	Mono<TrackedJob> admit(Applicant applicant) {
		if (applicant.id() == null) {
			return Mono.fromSupplier(() -> open(applicant));
		}
		return bounded(replaceable(applicant), Boolean.FALSE).map((free) -> register(applicant, mode(free)))
			.flatMap((job) -> bounded(job.outbox().admission(), AppendResult.Status.STORED)
				.map((status) -> admitted(job, applicant, status)));
	}

	/**
	 * The job that the applicant may join instead of starting another.
	 */
	@Nullable TrackedJob joinable(Applicant applicant) {
		JobId id = applicant.id();
		TrackedJob other = (id != null && applicant.duplicates() == DuplicateJobs.JOIN) ? this.running.get(id) : null;
		return (other != null && applicant.mayJoin(other.info())) ? other : null;
	}

	private CompletableFuture<Boolean> replaceable(Applicant applicant) {
		JobId id = applicant.id();
		if (id == null || applicant.duplicates() != DuplicateJobs.REPLACE) {
			return CompletableFuture.completedFuture(Boolean.FALSE);
		}
		return this.engine.store()
			.read(id, null, 0)
			.map((page) -> abandoned(page) && applicant.mayJoin(page.job()))
			.defaultIfEmpty(Boolean.FALSE)
			.onErrorReturn(Boolean.FALSE)
			.toFuture();
	}

	private static boolean abandoned(EventPage page) {
		Duration lease = page.lease();
		return page.ended() || (lease != null && lease.isNegative());
	}

	private static AppendMode mode(boolean replaceable) {
		return replaceable ? AppendMode.REPLACE : AppendMode.CREATE;
	}

	private TrackedJob register(Applicant applicant, AppendMode mode) {
		JobId id = applicant.id();
		JobInfo info = new JobInfo((id != null) ? id : this.ids.generate(), applicant.spec().name(), applicant.owner(),
				applicant.spec().parent(), this.engine.clock().instant());
		Outbox outbox = new Outbox(info, this.engine, nextToken(), mode);
		TrackedJob job = new TrackedJob(info, this.engine, outbox, this.running::remove);
		this.running.add(job);
		job.admit();
		return job;
	}

	private TrackedJob admitted(TrackedJob job, Applicant applicant, AppendResult.Status status) {
		if (refused(status)) {
			job.discard();
			throw new DuplicateJobException(job.id());
		}
		job.outbox().onAdmission((late) -> {
			if (refused(late)) {
				logger.warn("Job id '{}' is taken elsewhere, so nobody will see this run of '{}'", job.id(),
						job.name());
			}
		});
		this.engine.tell((listener) -> listener.started(job.info()));
		applicant.admitted(job);
		return job;
	}

	private static boolean refused(AppendResult.Status status) {
		return status == AppendResult.Status.FENCED || status == AppendResult.Status.ENDED;
	}

	private WriterToken nextToken() {
		long floor = this.engine.clock().millis() << 16;
		return WriterToken.of(this.lastOrder.updateAndGet((last) -> Math.max(last + 1, floor)));
	}

	private <T> T await(CompletableFuture<T> answer, Wait wait, T otherwise) {
		try {
			return (wait == Wait.NOT) ? answer.getNow(otherwise)
					: answer.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return answer.getNow(otherwise);
		}
		catch (TimeoutException | ExecutionException ex) {
			return otherwise;
		}
	}

	private <T> Mono<T> bounded(CompletableFuture<T> answer, T otherwise) {
		return answer.isDone() ? Mono.just(answer.join())
				: Mono.fromFuture(answer, true).timeout(this.timeout, Mono.just(otherwise), this.engine.scheduler());
	}

	private enum Wait {

		NOT, BOUNDED

	}

}
