package io.progress.sse.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventPage;

/**
 * Jobs without faults that report all the time. A faulty job must not stop their events.
 */
final class InnocentJobs implements AutoCloseable {

	static final int JOBS = 20;

	private static final long PULSE_MILLIS = 5;

	private final ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor();

	private final AtomicLong advances = new AtomicLong();

	private final Consumer<String> violations;

	private final StoreQuestions store;

	private final List<ProgressJob> jobs;

	InnocentJobs(ProgressTracker tracker, StoreQuestions store, long seed, Consumer<String> violations) {
		this.store = store;
		this.violations = violations;
		this.jobs = IntStream.range(0, JOBS).mapToObj((i) -> open(tracker, seed, i)).toList();
		this.jobs.forEach(ProgressJob::begin);
		var ignored = this.pulse.scheduleAtFixedRate(this::advance, 0, PULSE_MILLIS, TimeUnit.MILLISECONDS);
	}

	/** The clock of the tracker may throw. */
	private static ProgressJob open(ProgressTracker tracker, long seed, int number) {
		while (true) {
			try {
				return tracker.open(JobSpec.named("innocent").withId(JobId.of("innocent-" + seed + "-" + number)));
			}
			catch (Throwable ex) {
				Thread.onSpinWait();
			}
		}
	}

	private void advance() {
		this.advances.incrementAndGet();
		this.jobs.forEach((job) -> job.reporter().advance());
	}

	/**
	 * Checks that all reports of the jobs so far are stored.
	 * @param patience how long that may take
	 */
	void check(Duration patience) {
		long reported = this.advances.get();
		long deadline = System.nanoTime() + patience.toNanos();
		for (ProgressJob job : this.jobs) {
			ProgressEvent latest = latest(job);
			while (!isUpToDate(latest, reported) && System.nanoTime() - deadline < 0) {
				// Leaves time for the ticker.
				Mono.delay(Duration.ofMillis(50)).block();
				latest = latest(job);
			}
			if (!isUpToDate(latest, reported)) {
				this.violations.accept("Job '" + job.id() + "' stands still: " + latest + " after " + reported
						+ " advances and " + patience);
				return;
			}
		}
	}

	/**
	 * Pauses the jobs and checks that their last reports are stored.
	 */
	void rest(Duration patience) {
		this.pulse.shutdown();
		try {
			this.pulse.awaitTermination(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		check(patience);
	}

	private @Nullable ProgressEvent latest(ProgressJob job) {
		EventPage page = this.store.read(job.id(), 0);
		return (page != null) ? page.latest().event() : null;
	}

	private static boolean isUpToDate(@Nullable ProgressEvent event, long reported) {
		return event != null && event.state() == JobState.RUNNING && event.progress().completed() != null
				&& event.progress().completed() >= reported;
	}

	@Override
	public void close() {
		this.pulse.shutdownNow();
		this.jobs.forEach(ProgressJob::done);
	}

}
