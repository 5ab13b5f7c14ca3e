package io.progress.sse.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import io.progress.sse.JobHandle;
import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoredEvent;

/**
 * Jobs of an application whose call-backs all throw now and then, whose threads are
 * interrupted and whose clock jumps, beside innocent ones that run all the time. However
 * it goes, each job ends once, for its listeners, in its handle and in the store, and no
 * innocent one stands still.
 */
public final class ForeignFaultRun implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final int JOBS_PER_WAVE = 500;

	private static final int PHASES = 20;

	private static final int DEPTH = 20_000;

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	private final LongAdder events = new LongAdder();

	private final AtomicInteger number = new AtomicInteger();

	private final Map<JobId, Life> lives = new ConcurrentHashMap<>();

	private final List<String> violations = new ArrayList<>();

	private final ForeignFaults faults;

	private final ProgressEventStore store;

	private final long seed;

	private final ProgressTracker tracker;

	private final List<ProgressJob> innocent;

	/**
	 * Begins a run.
	 * @param store where the events go
	 * @param seed where the faults come from
	 */
	public ForeignFaultRun(ProgressEventStore store, long seed) {
		this.store = store;
		this.seed = seed;
		this.faults = new ForeignFaults(seed);
		this.tracker = ProgressTrackerBuilder.forStore(store)
			.publishInterval(Duration.ofMillis(50))
			.clock(new JumpingClock())
			.listener(new FaultyListener())
			.errorMapper((error) -> {
				this.faults.maybe("error mapper", 10);
				return null;
			})
			.dataMapper((value) -> {
				this.faults.maybe("data mapper", 10);
				return value;
			})
			.idGenerator(() -> {
				this.faults.maybe("id generator", 100);
				return JobId.of(UUID.randomUUID().toString());
			})
			.executor((task) -> {
				this.faults.maybe("executor", 100);
				this.threads.execute(task);
			})
			.build();
		this.innocent = IntStream.range(0, 20)
			.mapToObj(
					(i) -> this.tracker.open(JobSpec.named("innocent").withId(JobId.of("innocent-" + seed + "-" + i))))
			.toList();
		this.innocent.forEach(ProgressJob::begin);
	}

	/**
	 * Runs jobs until so many events went to the store.
	 * @param events how many
	 * @param disturbance is called with the number of each wave of jobs as it begins
	 * @return what did not hold
	 */
	public List<String> violations(long events, IntConsumer disturbance) {
		for (int wave = 0; this.events.sum() < events && this.violations.isEmpty(); wave++) {
			disturbance.accept(wave);
			for (int i = 0; i < JOBS_PER_WAVE; i++) {
				start(new Random(this.seed + this.number.incrementAndGet()));
			}
			this.innocent.forEach((job) -> job.reporter().advance());
			this.lives.forEach(this::check);
			this.lives.clear();
		}
		this.innocent.forEach(this::checkInnocent);
		return List.copyOf(this.violations);
	}

	/**
	 * What has happened.
	 * @return for people
	 */
	@Override
	public String toString() {
		return "seed " + this.seed + ": " + this.number.get() + " jobs, " + this.events.sum() + " events, thrown "
				+ this.faults.thrown();
	}

	private void start(Random random) {
		try {
			JobHandle job = this.tracker.start(JobSpec.named("faulty"), (progress) -> work(progress, random));
			life(job.id()).handle = job;
		}
		catch (Throwable ex) {
			// The id generator or the executor.
		}
	}

	private Object work(ProgressReporter progress, Random random) {
		progress.onCancel(() -> this.faults.maybe("cancel action", 2));
		progress.total(PHASES);
		for (int i = 0; i < PHASES; i++) {
			String phase = "phase " + i;
			progress.phase(phase);
			progress.message(() -> {
				this.faults.maybe("message", 10);
				return phase;
			});
			progress.data("size", i);
			progress.advance();
		}
		if (random.nextInt(500) == 0) {
			ProgressReporter part = progress;
			for (int i = 0; i < DEPTH; i++) {
				part = part.split(1);
			}
		}
		if (random.nextInt(10) == 0) {
			Thread.currentThread().interrupt();
		}
		if (random.nextInt(20) == 0) {
			this.tracker.requestCancel(progress.jobId().orElseThrow()).subscribe();
		}
		progress.note(Note.Level.INFO, "almost there");
		progress.message(() -> {
			this.faults.maybe("message", 10);
			return "last";
		});
		this.faults.maybe("work", 4);
		return "result";
	}

	private Life life(JobId job) {
		return this.lives.computeIfAbsent(job, (id) -> new Life());
	}

	private void check(JobId job, Life life) {
		try {
			life.settled.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			JobHandle handle = life.handle;
			JobState said = (handle != null) ? handle.ended().toCompletableFuture().get(1, TimeUnit.SECONDS) : null;
			check(job, life, said);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			violate(job, "was not waited for");
		}
		catch (ExecutionException | TimeoutException ex) {
			violate(job, "has no end: " + ex);
		}
		ask(this.store.delete(job));
	}

	private void check(JobId job, Life life, @Nullable JobState said) {
		EventPage page = ask(this.store.read(job, null, 1000));
		List<JobState> ends = (page == null) ? List.of()
				: page.events()
					.stream()
					.map(StoredEvent::event)
					.filter(ProgressEvent::isTerminal)
					.map(ProgressEvent::state)
					.toList();
		if (ends.size() != 1) {
			violate(job, "must end once in the store, but has ended as " + ends);
		}
		else if (said != null && said != ends.get(0)) {
			violate(job, "has ended as " + ends + " in the store, but as " + said + " in its handle");
		}
		if (life.ends.get() != 1) {
			violate(job, "must end once for its listeners, but has ended " + life.ends.get() + " times");
		}
	}

	private void checkInnocent(ProgressJob job) {
		long reported = this.number.get() / JOBS_PER_WAVE;
		ProgressEvent latest = latest(job);
		for (int i = 0; i < 200 && !isUpToDate(latest, reported); i++) {
			// The ticker has its time.
			Mono.delay(Duration.ofMillis(50)).block();
			latest = latest(job);
		}
		if (!isUpToDate(latest, reported)) {
			violate(job.id(), "stands still: " + latest + " after " + reported + " advances");
		}
		job.done();
	}

	private @Nullable ProgressEvent latest(ProgressJob job) {
		EventPage page = ask(this.store.read(job.id(), null, 0));
		return (page != null) ? page.latest().event() : null;
	}

	private static boolean isUpToDate(@Nullable ProgressEvent event, long reported) {
		return event != null && event.state() == JobState.RUNNING && event.progress().completed() != null
				&& event.progress().completed() == reported;
	}

	/** The store may be away for a while. */
	private static <T> @Nullable T ask(Mono<T> question) {
		return question.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(200))).block(PATIENCE);
	}

	private void violate(JobId job, String what) {
		this.violations.add("Job '" + job + "' " + what);
	}

	/**
	 * Ends what still runs.
	 */
	@Override
	public void close() {
		this.tracker.close();
		this.threads.shutdownNow();
	}

	/** What is heard of a job. */
	private static final class Life {

		private final CompletableFuture<Boolean> settled = new CompletableFuture<>();

		private final AtomicInteger ends = new AtomicInteger();

		private volatile @Nullable JobHandle handle;

	}

	private final class FaultyListener implements JobListener {

		@Override
		public void started(JobInfo job) {
			if (job.name().equals("faulty")) {
				life(job.id());
			}
			ForeignFaultRun.this.faults.maybe("started", 20);
		}

		@Override
		public void reported(ProgressEvent event) {
			ForeignFaultRun.this.events.increment();
			ForeignFaultRun.this.faults.maybe("reported", 50);
		}

		@Override
		public void ended(JobInfo job, ProgressEvent terminal) {
			if (job.name().equals("faulty")) {
				life(job.id()).ends.incrementAndGet();
			}
			ForeignFaultRun.this.faults.maybe("ended", 5);
		}

		@Override
		public void settled(JobInfo job, boolean stored) {
			if (job.name().equals("faulty")) {
				life(job.id()).settled.complete(stored);
			}
			ForeignFaultRun.this.faults.maybe("settled", 5);
		}

	}

	/** An hour forward, an hour back. */
	private static final class JumpingClock extends Clock {

		private final AtomicInteger calls = new AtomicInteger();

		@Override
		public Instant instant() {
			return Instant.now().plus(Duration.ofHours(this.calls.incrementAndGet() / 1000 % 3 - 1));
		}

		@Override
		public ZoneId getZone() {
			return ZoneId.of("UTC");
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
