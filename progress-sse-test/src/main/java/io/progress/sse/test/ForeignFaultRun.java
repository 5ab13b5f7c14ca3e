package io.progress.sse.test;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobId;
import io.progress.sse.store.ProgressEventStore;

/**
 * Runs jobs of an application whose call-backs throw at random, whose executor refuses
 * tasks, whose threads are interrupted and whose clock jumps. Other jobs without faults
 * run beside them. Checks that each job ends exactly once for its listeners, in its
 * handle and in the store, that nothing is thrown into its work, and that the other jobs
 * go on.
 */
public final class ForeignFaultRun implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final Duration TICKERS_PATIENCE = Duration.ofSeconds(20);

	private static final Duration TICK = Duration.ofMillis(50);

	private static final int JOBS_PER_WAVE = 500;

	private final Queue<String> violations = new ConcurrentLinkedQueue<>();

	private final AtomicInteger number = new AtomicInteger();

	private final ForeignFaults faults;

	private final StoreQuestions store;

	private final long seed;

	private final ExecutorService threads = Executors.newFixedThreadPool(8, (task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		thread.setUncaughtExceptionHandler((which, expected) -> {
		});
		return thread;
	});

	private final FaultyExecutor executor;

	private final FaultyLives lives;

	private final ProgressTracker tracker;

	private final InnocentJobs innocent;

	private final CancelActions cancelActions;

	/** What the application's own call-back has thrown, which must not refuse a job. */
	private volatile @Nullable Throwable userFault;

	/**
	 * Begins a run.
	 * @param store where the events go
	 * @param seed of the random faults
	 */
	public ForeignFaultRun(ProgressEventStore store, long seed) {
		this.store = new StoreQuestions(store, PATIENCE);
		this.seed = seed;
		this.faults = new ForeignFaults(seed);
		this.executor = new FaultyExecutor(this.threads, this.faults, seed);
		this.lives = new FaultyLives(this.faults, this.violations::add);
		this.cancelActions = new CancelActions(this.faults, this.violations::add);
		this.tracker = ProgressTrackerBuilder.forStore(store)
			.publishInterval(TICK)
			.unwatchedInterval(TICK)
			.clock(new FaultyClock(this.faults))
			.listener(this.lives)
			.errorMapper((error) -> {
				this.faults.maybe("error mapper", 3);
				return null;
			})
			.errorMapper((error) -> FaultyLives.ERROR)
			.dataMapper((value) -> {
				this.faults.maybe("data mapper", 10);
				return value;
			})
			.currentUser(this::user)
			.idGenerator(() -> {
				this.faults.maybe("id generator", 100);
				return JobId.of(UUID.randomUUID().toString());
			})
			.executor(this.executor)
			.build();
		this.innocent = new InnocentJobs(this.tracker, this.store, seed, this.violations::add);
	}

	/**
	 * Runs jobs until a number of events was passed to the store.
	 * @param events the number
	 * @param disturbance is called with the number of each wave of jobs as it begins
	 * @return the violations; empty if there are none
	 */
	public List<String> violations(long events, IntConsumer disturbance) {
		for (int wave = 0; this.lives.events() < events && this.violations.isEmpty(); wave++) {
			disturbance.accept(wave);
			long deadline = System.nanoTime() + PATIENCE.toNanos();
			startAll();
			this.lives.check(this.store, deadline);
			this.innocent.check(TICKERS_PATIENCE);
		}
		this.innocent.rest(TICKERS_PATIENCE);
		this.cancelActions.check(TICKERS_PATIENCE);
		if (this.violations.isEmpty()) {
			checkLeftovers();
		}
		return List.copyOf(this.violations);
	}

	/** Jobs that nobody can end, such as one whose start has failed. */
	private void checkLeftovers() {
		long deadline = System.nanoTime() + TICKERS_PATIENCE.toNanos();
		while (leftovers() != 0 && System.nanoTime() - deadline < 0) {
			Mono.delay(TICK).block();
		}
		int left = leftovers();
		if (left != 0) {
			this.violations.add(left + " jobs are left in the tracker, though all that were started have ended");
		}
	}

	private int leftovers() {
		return this.tracker.stats().runningJobs() - InnocentJobs.JOBS;
	}

	private String user() {
		try {
			this.faults.maybe("current user", 10);
			return "user";
		}
		catch (Throwable ex) {
			this.userFault = ex;
			throw ex;
		}
	}

	/**
	 * Describes the run.
	 * @return a text for people
	 */
	@Override
	public String toString() {
		return "seed " + this.seed + ": " + this.number.get() + " jobs, " + this.lives.events() + " events, thrown "
				+ this.faults.thrown();
	}

	/** Uses another thread, because a start may hang. */
	private void startAll() {
		CompletableFuture<Void> started = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < JOBS_PER_WAVE; i++) {
				start(new Random(this.seed + this.number.incrementAndGet()));
			}
		}, (task) -> new Thread(task).start());
		try {
			started.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			this.violations.add("The jobs of a wave were not all started: " + ex);
		}
	}

	/** Exceptions here come from the executor, the clock or the id generator. */
	private void start(Random random) {
		JobSpec spec = JobSpec.named(FaultyLives.JOB);
		FaultyWork work = new FaultyWork(this.faults, random, this.cancelActions, this::cancel, this.violations::add);
		try {
			switch (random.nextInt(20)) {
				case 0 -> this.lives.handle(this.tracker.start(chosen(spec), (progress) -> run(work, progress)));
				case 1, 2 -> submit(spec, work, random.nextBoolean());
				case 3, 4 -> subscribe(spec, work, random.nextBoolean());
				case 5, 6 -> open(spec, work);
				default -> this.lives.handle(this.tracker.start(spec, (progress) -> run(work, progress)));
			}
		}
		catch (Throwable ex) {
			Thread.interrupted();
			if (ex == this.userFault) {
				this.violations
					.add("A current user that cannot be told must not refuse a job, but has: " + ex.getClass());
			}
		}
	}

	/** Interrupts a thread while it waits for the store. */
	private JobSpec chosen(JobSpec spec) {
		Thread.currentThread().interrupt();
		return spec.withId(JobId.of(UUID.randomUUID().toString()));
	}

	private void submit(JobSpec spec, FaultyWork work, boolean cancelled) {
		CompletableFuture<Object> result = this.tracker.submit(spec, (progress) -> run(work, progress));
		if (cancelled) {
			result.cancel(true);
		}
	}

	/** One that leaves may do so before the store has said whether the id is free. */
	private void subscribe(JobSpec spec, FaultyWork work, boolean leaves) {
		JobSpec subscribed = leaves ? spec.withId(JobId.of(UUID.randomUUID().toString())) : spec;
		CompletableFuture<Object> result = this.tracker.mono(subscribed, (progress) -> Mono.just(run(work, progress)))
			.toFuture();
		if (leaves) {
			result.cancel(true);
		}
	}

	private void open(JobSpec spec, FaultyWork work) {
		ProgressJob job = this.tracker.open(spec);
		this.lives.handle(job);
		try {
			job.begin();
			Object result = run(work, job.reporter());
			end(() -> job.done(result));
		}
		catch (Throwable ex) {
			end(() -> job.fail(ex));
		}
	}

	private void end(Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			this.violations.add("A job must not throw when it is ended, but has thrown a " + ex.getClass());
		}
	}

	private Object run(FaultyWork work, ProgressReporter progress) {
		return work.run(progress, () -> this.lives.failing(progress.jobId().orElseThrow()));
	}

	private void cancel(ProgressReporter progress) {
		this.tracker.requestCancel(progress.jobId().orElseThrow()).subscribe();
	}

	/**
	 * Ends the jobs that still run.
	 */
	@Override
	public void close() {
		this.innocent.close();
		this.tracker.close();
		this.executor.close();
		this.threads.shutdownNow();
	}

}
