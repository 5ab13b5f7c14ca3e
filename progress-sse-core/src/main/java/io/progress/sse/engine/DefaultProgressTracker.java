package io.progress.sse.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import io.progress.sse.CurrentUser;
import io.progress.sse.JobHandle;
import io.progress.sse.JobIdGenerator;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTask;
import io.progress.sse.ProgressTracker;
import io.progress.sse.RequestContext;
import io.progress.sse.StoreStats;
import io.progress.sse.TrackerStats;
import io.progress.sse.event.JobId;
import io.progress.sse.support.JobSettings;
import io.progress.sse.support.ForeignCode;
import io.progress.sse.support.StrayReports;

/**
 * The entry points of the engine. Each one admits a job and has its work run.
 */
final class DefaultProgressTracker implements ProgressTracker {

	private static final Logger logger = LoggerFactory.getLogger(DefaultProgressTracker.class);

	private final OutboxLoad load;

	private final CallCounts calls = new CallCounts();

	private final JobRegistry running;

	private final RemoteJobs nodes;

	private final JobAdmission admission;

	private final Executor executor;

	private final CurrentUser currentUser;

	private final JobObserver observer;

	private final EngineTime time;

	private final Duration flushTimeout;

	private final List<Runnable> closing = new ArrayList<>();

	DefaultProgressTracker(ProgressTrackerBuilder settings) {
		Scheduler scheduler = settings.scheduler;
		if (scheduler == null) {
			scheduler = Schedulers.fromExecutorService(new TickerExecutor());
			this.closing.add(scheduler::dispose);
		}
		this.executor = (settings.executor != null) ? settings.executor
				: owned(new JobExecutor(JobSettings.JOB_THREADS, JobSettings.QUEUED_JOBS));
		Executor cancelActions = (settings.cancelExecutor != null) ? settings.cancelExecutor
				: owned(new JobExecutor(JobSettings.CANCEL_THREADS, JobSettings.QUEUED_JOBS,
						JobExecutor.daemons("progress-cancel-"), UnaryOperator.identity()));
		this.currentUser = settings.currentUser;
		this.observer = settings.observer;
		this.flushTimeout = settings.flushTimeout;
		this.load = new OutboxLoad(settings.outboxTotal);
		EngineTime time = EngineTime.of(settings.clock, settings.scheduler);
		this.time = time;
		JobListeners listeners = new JobListeners(settings.listeners);
		JobEnvironment jobs = jobs(settings, time, listeners, cancelActions);
		OutboxEnvironment outboxes = new OutboxEnvironment(settings.store, scheduler, time, settings.outboxCapacity,
				this.load, new TerminalEventRepair(settings.store, scheduler), listeners);
		this.running = new JobRegistry(new Ticker(scheduler, time, jobs.tickNanos()));
		this.nodes = new RemoteJobs(settings.store);
		JobIdGenerator ids = (settings.idGenerator != null) ? settings.idGenerator
				: new TimeOrderedJobIds(settings.clock);
		this.admission = new JobAdmission(jobs, outboxes, this.running, this.nodes, ids, settings.admissionTimeout);
		this.closing.add(this.nodes.obey(this.running)::dispose);
	}

	private JobEnvironment jobs(ProgressTrackerBuilder settings, EngineTime time, JobListeners listeners,
			Executor cancelActions) {
		MessagePool messages = new MessagePool();
		this.closing.add(messages::shutdown);
		return new JobEnvironment(time, settings.publishInterval.toNanos(), settings.unwatchedInterval.toNanos(),
				listeners, (settings.dataMapper != null) ? settings.dataMapper : (value) -> value,
				new ErrorMapping(settings.errorMappers), messages, this.calls, cancelActions, settings.node);
	}

	private JobExecutor owned(JobExecutor executor) {
		this.closing.add(executor::close);
		return executor;
	}

	@Override
	public JobHandle start(JobSpec spec, ProgressTask<?> task) {
		return start(spec, task, this.executor);
	}

	@Override
	public JobHandle start(JobSpec spec, ProgressTask<?> task, Executor executor) {
		ExecutorSlot place = new ExecutorSlot(executor);
		try {
			JobAdmission.Entry entry = this.admission.openOrJoin(applicant(spec), place);
			TrackedJob job = entry.opened();
			if (job != null) {
				try {
					place.execute(() -> JobWork.attempt(job, task));
				}
				catch (Throwable ex) {
					job.end(Ending.REJECTED);
					throw ex;
				}
			}
			return entry.job();
		}
		finally {
			place.release();
		}
	}

	@Override
	public <T extends @Nullable Object> T run(JobSpec spec, ProgressTask<T> task) throws Exception {
		return JobWork.run(this.admission.open(applicant(spec)), task);
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> submit(JobSpec spec, ProgressTask<T> task) {
		ExecutorSlot place = new ExecutorSlot(this.executor);
		try {
			return submit(this.admission.open(applicant(spec), place), task, place);
		}
		finally {
			place.release();
		}
	}

	private <T extends @Nullable Object> CompletableFuture<T> submit(TrackedJob job, ProgressTask<T> task,
			ExecutorSlot place) {
		try {
			CompletableFuture<T> future = new CompletableFuture<>();
			var ignored = future.whenComplete((result, error) -> {
				if (future.isCancelled()) {
					job.cancel();
				}
			});
			place.execute(() -> JobWork.complete(future, job, task));
			return future;
		}
		catch (Throwable ex) {
			job.end(Ending.REJECTED);
			throw ex;
		}
	}

	/**
	 * Uses {@code flatMapMany}, because {@code Mono.flatMap} may lose a cancellation that
	 * comes while the inner work is being subscribed to.
	 */
	@Override
	public <T> Mono<T> mono(JobSpec spec, Function<ProgressReporter, ? extends Mono<? extends T>> work) {
		return admit(spec).flatMapMany((job) -> JobWork.mono(job, work)).singleOrEmpty();
	}

	@Override
	public <T> Flux<T> flux(JobSpec spec, Function<ProgressReporter, ? extends Publisher<? extends T>> work) {
		return admit(spec).flatMapMany((job) -> JobWork.flux(job, work));
	}

	@Override
	public ProgressJob open(JobSpec spec) {
		return this.admission.open(applicant(spec));
	}

	@Override
	public Optional<ProgressJob> openOrJoin(JobSpec spec) {
		JobAdmission.Entry entry = this.admission.openOrJoin(applicant(spec), new ExecutorSlot(Runnable::run));
		return Optional.ofNullable(entry.opened());
	}

	@Override
	public Mono<ProgressJob> admit(JobSpec spec) {
		return Mono.deferContextual(
				(context) -> this.admission.admit(applicant(spec, request(context), context)).cast(ProgressJob.class));
	}

	private AdmissionRequest applicant(JobSpec spec) {
		return applicant(spec, RequestContext.current(), Context.empty());
	}

	/**
	 * A child has the owner of its parent, unless its specification names another.
	 */
	private AdmissionRequest applicant(JobSpec spec, @Nullable RequestContext request, ContextView context) {
		JobId parent = (spec.owner() == null && !spec.ownerless()) ? spec.parent() : null;
		TrackedJob running = (parent != null) ? this.running.get(parent) : null;
		return AdmissionRequest.of((running != null) ? spec.withOwner(running.info().owner()) : spec, request,
				this.currentUser, GuardedObservation.of(this.observer, context));
	}

	private static @Nullable RequestContext request(ContextView context) {
		return context.<RequestContext>getOrEmpty(RequestContext.class).orElseGet(RequestContext::current);
	}

	@Override
	public Optional<JobHandle> find(JobId id) {
		return Optional.ofNullable(this.running.get(id));
	}

	@Override
	public Mono<Boolean> requestCancel(JobId id) {
		return Mono.defer(() -> cancel(id) ? Mono.just(true) : this.nodes.requestCancel(id));
	}

	@Override
	public TrackerStats stats() {
		return new TrackerStats(this.running.size(), this.load.waiting(), this.load.conflatedCount(),
				this.load.droppedCount(), this.calls.late().sum(), this.calls.refused().sum(),
				StrayReports.INSTANCE.calls());
	}

	@Override
	public StoreStats storeStats() {
		return this.load.store();
	}

	@Override
	public Duration oldestWaiting() {
		Instant now = this.time.instant();
		Duration oldest = Duration.ZERO;
		for (TrackedJob each : this.running.unstored()) {
			Instant since = each.outbox().oldest();
			if (since != null && Duration.between(since, now).compareTo(oldest) > 0) {
				oldest = Duration.between(since, now);
			}
		}
		return oldest;
	}

	@Override
	public boolean stop(Duration patience) {
		try {
			this.running.stop().get(patience.toNanos(), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		var ignored = this.running.stop();
		this.running.close();
		Collection<TrackedJob> unstored = this.running.unstored();
		try {
			CompletableFuture
				.allOf(unstored.stream().map((job) -> job.outbox().finished()).toArray(CompletableFuture[]::new))
				.get(this.flushTimeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.warn("{} of {} jobs could not be flushed to the store within {}", this.running.unstored().size(),
					unstored.size(), this.flushTimeout);
		}
		this.running.unstored().forEach((job) -> job.outbox().abandon());
		this.closing.forEach((each) -> ForeignCode.run(each,
				(ex) -> logger.warn("A component of the tracker could not be closed", ex)));
	}

}
