package io.progress.sse.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import reactor.core.publisher.Mono;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobState;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * A program for a small heap. One job after the other takes all memory and holds it for a
 * while; jobs that end just then, and others that go on, must not suffer from it for
 * longer. Prints what does not hold.
 */
final class ShortHeap {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final long PULSE_NANOS = Duration.ofMillis(5).toNanos();

	private static final long HOLD_NANOS = Duration.ofMillis(300).toNanos();

	private static final int CHUNK = 4 * 1024;

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().build();

	private final ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store)
		.publishInterval(Duration.ofMillis(50))
		.unwatchedInterval(Duration.ofMillis(50))
		.build();

	private final AtomicLong advances = new AtomicLong();

	private final List<ProgressJob> innocent = IntStream.range(0, 50).mapToObj((i) -> open("innocent")).toList();

	private final ProgressReporter[] reporters = this.innocent.stream()
		.map(ProgressJob::reporter)
		.toArray(ProgressReporter[]::new);

	private final List<String> violations = new ArrayList<>();

	/** Whether there is no memory left. A latch would need some. */
	private volatile boolean full;

	private ShortHeap() {
		Thread pulse = new Thread(this::advance);
		pulse.setDaemon(true);
		pulse.start();
	}

	public static void main(String[] args) {
		Thread.setDefaultUncaughtExceptionHandler((thread, expected) -> {
		});
		ShortHeap heap = new ShortHeap();
		try {
			heap.run(Integer.parseInt(args[0]));
		}
		catch (Throwable ex) {
			heap.violations.add("The program itself has failed: " + ex);
		}
		heap.violations.forEach(System.out::println);
		System.exit(heap.violations.isEmpty() ? 0 : 1);
	}

	private void run(int rounds) throws Exception {
		for (int round = 0; round < rounds && this.violations.isEmpty(); round++) {
			exhaust();
			checkInnocent();
		}
		this.innocent.forEach(ProgressJob::done);
		this.innocent.forEach((job) -> checkEnd(job, JobState.DONE));
	}

	private ProgressJob open(String name) {
		ProgressJob job = this.tracker.open(JobSpec.named(name));
		job.begin();
		return job;
	}

	/** Takes no memory itself. */
	private void advance() {
		while (true) {
			for (int i = 0; i < this.reporters.length; i++) {
				this.reporters[i].advance();
			}
			this.advances.incrementAndGet();
			LockSupport.parkNanos(PULSE_NANOS);
		}
	}

	private void exhaust() throws Exception {
		List<ProgressJob> ending = IntStream.range(0, 20).mapToObj((i) -> open("ending")).toList();
		JobHandle hungry = this.tracker.start(JobSpec.named("hungry"), (progress) -> eat());
		awaitFull(true);
		int thrown = 0;
		for (int i = 0; i < ending.size(); i++) {
			try {
				ending.get(i).done();
			}
			catch (Throwable ex) {
				thrown++;
			}
		}
		awaitFull(false);
		if (thrown > 0) {
			this.violations.add("An end must not throw, but " + thrown + " have");
		}
		checkEnd(hungry, JobState.FAILED);
		ending.forEach((job) -> checkEnd(job, JobState.DONE));
	}

	private void awaitFull(boolean expected) throws InterruptedException {
		while (this.full != expected) {
			TimeUnit.MILLISECONDS.sleep(1);
		}
	}

	private Object eat() throws InterruptedException {
		List<byte[]> all = new ArrayList<>();
		try {
			while (true) {
				all.add(new byte[CHUNK]);
			}
		}
		catch (OutOfMemoryError ex) {
			this.full = true;
			hold(all);
			all.clear();
			throw ex;
		}
		finally {
			this.full = false;
		}
	}

	/** As soon as somebody gives memory back, it is gone again. */
	private static void hold(List<byte[]> all) throws InterruptedException {
		long end = System.nanoTime() + HOLD_NANOS;
		while (System.nanoTime() - end < 0) {
			try {
				TimeUnit.MILLISECONDS.sleep(1);
				all.add(new byte[CHUNK / 8]);
			}
			catch (OutOfMemoryError ex) {
				// Still full.
			}
		}
	}

	private void checkInnocent() {
		long reported = this.advances.get();
		for (ProgressJob job : this.innocent) {
			if (!await(() -> completed(job) >= reported)) {
				this.violations.add("An innocent job stands still at " + completed(job) + " of " + reported);
				return;
			}
		}
	}

	private long completed(ProgressJob job) {
		Long completed = page(job).latest().event().progress().completed();
		return (completed != null) ? completed : 0;
	}

	/** The first violation is enough. */
	private void checkEnd(JobHandle job, JobState expected) {
		if (!this.violations.isEmpty()) {
			return;
		}
		try {
			JobState said = job.ended().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			if (said != expected) {
				this.violations.add("A job '" + job.name() + "' must end as " + expected + ", but did as " + said);
			}
		}
		catch (ExecutionException | InterruptedException | TimeoutException ex) {
			this.violations.add("A job '" + job.name() + "' has no end: " + ex);
		}
		if (!await(() -> page(job).ended())) {
			this.violations.add("The end of a job '" + job.name() + "' did not come to the store");
		}
	}

	private EventPage page(JobHandle job) {
		return Objects.requireNonNull(this.store.read(job.id(), null, 0).block());
	}

	private static boolean await(BooleanSupplier condition) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - end > 0) {
				return false;
			}
			Mono.delay(Duration.ofMillis(20)).block();
		}
		return true;
	}

}
