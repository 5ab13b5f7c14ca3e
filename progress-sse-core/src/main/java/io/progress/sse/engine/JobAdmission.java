package io.progress.sse.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
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

import io.progress.sse.DuplicateJobException;
import io.progress.sse.JobHandle;
import io.progress.sse.JobIdGenerator;
import io.progress.sse.JobSpec;
import io.progress.sse.TooManyJobsException;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoreFullException;
import io.progress.sse.store.WriterToken;

/**
 * Admits jobs.
 *
 * <ol>
 * <li>The id comes from the request, else from the specification, else it is
 * generated.</li>
 * <li>The job is registered in this process and {@code queued} goes to the store, which
 * knows the jobs of other processes.</li>
 * <li>Only an id that the caller chose can be taken already, so only then the thread
 * waits for the store's answer. The wait is bounded, and a thread that must not block
 * does not wait; then the work begins unconfirmed, because a store that does not answer
 * must not delay it. If the store answers at once that it is full, the job is refused in
 * any case.</li>
 * </ol>
 */
final class JobAdmission {

	private static final Logger logger = LoggerFactory.getLogger(JobAdmission.class);

	private static final int MAX_ATTEMPTS = 5;

	private final AtomicLong lastOrder = new AtomicLong();

	private final JobEnvironment jobs;

	private final OutboxEnvironment outboxes;

	private final JobRegistry running;

	private final RemoteJobs nodes;

	private final JobIdGenerator ids;

	private final Duration timeout;

	/**
	 * Creates an admission.
	 * @param jobs the environment of new jobs
	 * @param outboxes the environment of their outboxes
	 * @param timeout how long to wait for the store's answer
	 */
	JobAdmission(JobEnvironment jobs, OutboxEnvironment outboxes, JobRegistry running, RemoteJobs nodes,
			JobIdGenerator ids, Duration timeout) {
		this.jobs = jobs;
		this.outboxes = outboxes;
		this.running = running;
		this.nodes = nodes;
		this.ids = ids;
		this.timeout = timeout;
	}

	TrackedJob open(AdmissionRequest applicant) {
		return open(applicant, applicant.creation(), new ExecutorSlot(Runnable::run));
	}

	/**
	 * Opens a job, unless the tracker has no room for it.
	 */
	TrackedJob open(AdmissionRequest applicant, ExecutorSlot place) {
		return open(applicant, applicant.creation(), place);
	}

	private TrackedJob open(AdmissionRequest applicant, AppendMode creation, ExecutorSlot place) {
		TrackedJob job = register(applicant, creation, place);
		boolean wait = applicant.id() != null && mayBlock();
		if (!wait && creation == AppendMode.CREATE && job.outbox().isBehind()) {
			// The store would refuse it too, but only after it has stored the end of the
			// earlier run.
			job.discard();
			throw new DuplicateJobException(job.id());
		}
		return admitted(job, applicant, wait);
	}

	/**
	 * Opens a job, or joins the one that has its id. Of two callers at the same time one
	 * opens the job and the other joins it, in one process as well as in two. A job whose
	 * worker is overdue is not joined but replaced.
	 */
	Entry openOrJoin(AdmissionRequest applicant, ExecutorSlot place) {
		AppendMode creation = applicant.creation();
		DuplicateJobException refusal = null;
		for (int i = 0; i < MAX_ATTEMPTS; i++) {
			TrackedJob here = here(applicant);
			if (here == null) {
				try {
					TrackedJob job = open(applicant, creation, place);
					return new Entry(job, job);
				}
				catch (DuplicateJobException ex) {
					refusal = ex;
					here = here(applicant);
				}
			}
			if (here != null && await(here.accepted(), mayBlock(), true)) {
				return joined(applicant, here);
			}
			EventPage elsewhere = elsewhere(applicant);
			if (elsewhere != null && !elsewhere.overdue()) {
				return joined(applicant, new RemoteJob(elsewhere, this.nodes));
			}
			if (elsewhere != null) {
				creation = AppendMode.REPLACE;
			}
			else if (refusal != null) {
				throw refusal;
			}
		}
		throw (refusal != null) ? refusal : new DuplicateJobException(Objects.requireNonNull(applicant.id()));
	}

	private static Entry joined(AdmissionRequest applicant, JobHandle other) {
		applicant.admitted(other);
		return new Entry(other, null);
	}

	/**
	 * Admits a job without blocking. If the store answers late, the next steps run
	 * neither on the ticker's thread nor on the store's.
	 */
	Mono<TrackedJob> admit(AdmissionRequest applicant) {
		return Mono.create((subscriber) -> {
			PendingAdmission arrival = new PendingAdmission(subscriber);
			arrival.attempt(() -> admit(applicant, arrival));
		});
	}

	private void admit(AdmissionRequest applicant, PendingAdmission arrival) {
		TrackedJob job = register(applicant, applicant.creation(), new ExecutorSlot(Runnable::run));
		CompletableFuture<Status> answer = job.outbox().admission();
		if (applicant.id() == null || answer.isDone()) {
			arrival.handOver(admitted(job, applicant, false));
			return;
		}
		arrival.expect(job);
		Mono.fromFuture(answer, true)
			.timeout(this.timeout, Mono.just(Status.STORED), this.outboxes.scheduler())
			.onErrorReturn(Status.STORED)
			.publishOn(Schedulers.parallel())
			.filter((answered) -> arrival.isWanted())
			.subscribe((answered) -> arrival.attempt(() -> arrival.handOver(admitted(job, applicant, false))));
	}

	/** Returns the job of this process with that id, if the caller may join it. */
	private @Nullable TrackedJob here(AdmissionRequest applicant) {
		JobId id = applicant.id();
		TrackedJob other = (id != null) ? this.running.get(id) : null;
		return (other != null && applicant.mayJoin(other.info())) ? other : null;
	}

	/**
	 * Returns the job of another process with that id. Only a thread that may block can
	 * ask the store.
	 */
	private @Nullable EventPage elsewhere(AdmissionRequest applicant) {
		if (!applicant.joins() || !mayBlock()) {
			return null;
		}
		CompletableFuture<Optional<EventPage>> found = this.nodes.joinable(applicant)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.toFuture();
		return await(found, true, Optional.<EventPage>empty()).orElse(null);
	}

	private TrackedJob register(AdmissionRequest applicant, AppendMode creation, ExecutorSlot place) {
		JobSpec spec = applicant.spec();
		this.jobs.listeners().admitting(spec);
		place.reserve();
		JobId id = (applicant.id() != null) ? applicant.id() : this.ids.generate();
		JobInfo info = new JobInfo(id, spec.name(), applicant.owner(), spec.parent(), this.jobs.time().instant(),
				this.jobs.node());
		Outbox outbox = new Outbox(info, this.outboxes, nextToken(), creation);
		TrackedJob job = new TrackedJob(info, this.jobs, outbox, applicant.observation(), this.running::remove);
		this.running.add(job);
		try {
			job.admit();
		}
		catch (Throwable ex) {
			job.discard();
			throw ex;
		}
		return job;
	}

	/**
	 * Applies the store's answer, if there is one.
	 * @param wait whether to wait for it
	 */
	private TrackedJob admitted(TrackedJob job, AdmissionRequest applicant, boolean wait) {
		Status status;
		try {
			status = await(job.outbox().admission(), wait, Status.STORED);
		}
		catch (StoreFullException ex) {
			job.discard();
			throw new TooManyJobsException("Job '" + job.name() + "' was not started: " + ex.getMessage(), ex);
		}
		if (refused(status)) {
			job.discard();
			throw new DuplicateJobException(job.id());
		}
		try {
			welcome(job, applicant);
			return job;
		}
		catch (Throwable ex) {
			job.end(Ending.REJECTED);
			throw ex;
		}
	}

	private void welcome(TrackedJob job, AdmissionRequest applicant) {
		job.accept();
		job.outbox().onAdmission((late) -> {
			if (refused(late)) {
				logger.warn("The id of job '{}' is taken in another process, so viewers will not see this run",
						job.name());
			}
		});
		job.introduce(applicant.spec());
		applicant.admitted(job);
		this.running.endIfClosed(job);
	}

	private static boolean refused(Status status) {
		return status == Status.FENCED || status == Status.ENDED;
	}

	private WriterToken nextToken() {
		long floor = this.jobs.time().clock().millis() << 16;
		return WriterToken.of(this.lastOrder.updateAndGet((last) -> Math.max(last + 1, floor)));
	}

	private static boolean mayBlock() {
		return !Schedulers.isInNonBlockingThread();
	}

	/**
	 * Waits for an answer up to the time-out. An interrupt does not cut the wait short,
	 * because a job that begins without an answer may run twice; the thread stays
	 * interrupted.
	 * @param otherwise the result if there is no answer
	 */
	private <T> T await(CompletableFuture<T> answer, boolean wait, T otherwise) {
		if (!wait && !answer.isDone()) {
			return otherwise;
		}
		long deadline = System.nanoTime() + this.timeout.toNanos();
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof StoreFullException full) {
				throw full;
			}
			return otherwise;
		}
		catch (TimeoutException ex) {
			return otherwise;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * The result of an admission.
	 *
	 * @param job the job
	 * @param opened the same job if the caller must run it; {@code null} if another
	 * caller runs it
	 */
	record Entry(JobHandle job, @Nullable TrackedJob opened) {

	}

}
