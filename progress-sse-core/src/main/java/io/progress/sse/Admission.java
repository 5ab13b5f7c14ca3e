package io.progress.sse;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult.Status;
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

	private final OtherNodes nodes;

	private final JobIdGenerator ids;

	private final Duration timeout;

	Admission(Engine engine, Running running, OtherNodes nodes, ProgressTrackerBuilder settings) {
		this.engine = engine;
		this.running = running;
		this.nodes = nodes;
		this.ids = (settings.idGenerator != null) ? settings.idGenerator : new TimeOrderedJobIds(settings.clock);
		this.timeout = settings.admissionTimeout;
	}

	TrackedJob open(Applicant applicant) {
		TrackedJob job = register(applicant);
		boolean wait = applicant.id() != null && !Schedulers.isInNonBlockingThread();
		return admitted(job, applicant, answer(job.outbox().admission(), wait, Status.STORED));
	}

	/**
	 * Opens a job, or joins the one that has its id. Of two that come at once one opens,
	 * and the other one joins.
	 */
	Entry openOrJoin(Applicant applicant) {
		JobHandle other = joinable(applicant);
		if (other == null) {
			try {
				TrackedJob job = open(applicant);
				return new Entry(job, job);
			}
			catch (DuplicateJobException ex) {
				other = joinable(applicant);
				if (other == null) {
					other = joinableElsewhere(applicant);
				}
				if (other == null) {
					throw ex;
				}
			}
		}
		applicant.admitted(other);
		return new Entry(other, null);
	}

	/**
	 * Admits a job without blocking. What follows an answer that came late runs neither
	 * on the ticker's thread nor on the store's.
	 */
	Mono<TrackedJob> admit(Applicant applicant) {
		if (applicant.id() == null) {
			return Mono.fromSupplier(() -> open(applicant));
		}
		return Mono.defer(() -> {
			TrackedJob job = register(applicant);
			CompletableFuture<Status> answer = job.outbox().admission();
			if (answer.isDone()) {
				return Mono.just(admitted(job, applicant, answer.join()));
			}
			AtomicBoolean handedOver = new AtomicBoolean();
			return Mono.fromFuture(answer, true)
				.timeout(this.timeout, Mono.just(Status.STORED), this.engine.scheduler())
				.publishOn(Schedulers.parallel())
				.map((status) -> admitted(job, applicant, status))
				.doOnNext((admitted) -> handedOver.set(true))
				.doOnCancel(() -> {
					if (!handedOver.get()) {
						job.cancelled();
					}
				});
		});
	}

	private @Nullable TrackedJob joinable(Applicant applicant) {
		JobId id = applicant.id();
		TrackedJob other = (id != null) ? this.running.get(id) : null;
		return (other != null && applicant.mayJoin(other.info())) ? other : null;
	}

	/** Only the store knows of it, and only a thread that may block can ask. */
	private @Nullable JobHandle joinableElsewhere(Applicant applicant) {
		if (Schedulers.isInNonBlockingThread()) {
			return null;
		}
		CompletableFuture<Optional<JobHandle>> found = this.nodes.joinable(applicant)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.toFuture();
		return answer(found, true, Optional.<JobHandle>empty()).orElse(null);
	}

	private TrackedJob register(Applicant applicant) {
		JobSpec spec = applicant.spec();
		this.engine.listeners().forEach((listener) -> listener.admitting(spec));
		JobId id = (applicant.id() != null) ? applicant.id() : this.ids.generate();
		JobInfo info = new JobInfo(id, spec.name(), applicant.owner(), spec.parent(), this.engine.clock().instant());
		AppendMode mode = (spec.duplicates() == DuplicateJobs.REPLACE) ? AppendMode.REPLACE : AppendMode.CREATE;
		Outbox outbox = new Outbox(info, this.engine, nextToken(), mode);
		TrackedJob job = new TrackedJob(info, this.engine, outbox, this.running::remove);
		this.running.add(job);
		job.admit();
		return job;
	}

	private TrackedJob admitted(TrackedJob job, Applicant applicant, Status status) {
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
		this.engine.tell((listener) -> listener.started(job.info(), applicant.spec()));
		job.outbox().onFinish((stored) -> this.engine.tell((listener) -> listener.settled(job.info(), stored)));
		applicant.admitted(job);
		this.running.endIfClosed(job);
		return job;
	}

	private static boolean refused(Status status) {
		return status == Status.FENCED || status == Status.ENDED;
	}

	private WriterToken nextToken() {
		long floor = this.engine.clock().millis() << 16;
		return WriterToken.of(this.lastOrder.updateAndGet((last) -> Math.max(last + 1, floor)));
	}

	private <T> T answer(CompletableFuture<T> answer, boolean wait, T otherwise) {
		try {
			return wait ? answer.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS) : answer.getNow(otherwise);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return otherwise;
		}
		catch (TimeoutException | ExecutionException ex) {
			return otherwise;
		}
	}

	/**
	 * How an applicant came in.
	 *
	 * @param job the job
	 * @param opened the job if it is the applicant's to run; {@code null} if somebody
	 * else runs it
	 */
	record Entry(JobHandle job, @Nullable TrackedJob opened) {

	}

}
