package io.progress.sse.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
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

	private static final int CHUNK = 4 * 1024;

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().build();

	private final ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store)
		.publishInterval(Duration.ofMillis(50))
		.unwatchedInterval(Duration.ofMillis(50))
		.build();

	private final ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor();

	private final AtomicLong advances = new AtomicLong();

	private final List<ProgressJob> innocent = IntStream.range(0, 50).mapToObj((i) -> open("innocent")).toList();

	private final List<String> violations = new ArrayList<>();

	private ShortHeap() {
		var ignored = this.pulse.scheduleAtFixedRate(this::advance, 0, 5, TimeUnit.MILLISECONDS);
	}

	public static void main(String[] args) throws Exception {
		Thread.setDefaultUncaughtExceptionHandler((thread, expected) -> {
		});
		ShortHeap heap = new ShortHeap();
		for (int round = 0; round < Integer.parseInt(args[0]); round++) {
			heap.exhaust();
			heap.checkInnocent();
		}
		heap.innocent.forEach(ProgressJob::done);
		heap.innocent.forEach((job) -> heap.checkEnd(job, JobState.DONE));
		heap.violations.forEach(System.out::println);
		System.exit(heap.violations.isEmpty() ? 0 : 1);
	}

	private ProgressJob open(String name) {
		ProgressJob job = this.tracker.open(JobSpec.named(name));
		job.begin();
		return job;
	}

	private void advance() {
		this.advances.incrementAndGet();
		this.innocent.forEach((job) -> job.reporter().advance());
	}

	private void exhaust() throws Exception {
		CountDownLatch full = new CountDownLatch(1);
		List<ProgressJob> ending = IntStream.range(0, 20).mapToObj((i) -> open("ending")).toList();
		JobHandle hungry = this.tracker.start(JobSpec.named("hungry"), (progress) -> eat(progress, full));
		full.await();
		for (ProgressJob job : ending) {
			try {
				job.reporter().phase("last");
				job.done();
			}
			catch (Throwable ex) {
				this.violations.add("A job has thrown into its work, for lack of memory");
			}
		}
		checkEnd(hungry, JobState.FAILED);
		ending.forEach((job) -> checkEnd(job, JobState.DONE));
	}

	private static Object eat(ProgressReporter progress, CountDownLatch full) throws InterruptedException {
		List<byte[]> all = new ArrayList<>();
		try {
			while (true) {
				all.add(new byte[CHUNK]);
			}
		}
		catch (OutOfMemoryError ex) {
			full.countDown();
			hold(all);
			progress.advance();
			throw ex;
		}
	}

	/** As soon as somebody gives memory back, it is gone again. */
	private static void hold(List<byte[]> all) throws InterruptedException {
		long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
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

	private void checkEnd(JobHandle job, JobState expected) {
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
