package io.progress.sse.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * A tracker whose time passes on demand. The store, too, goes by that time, and keeps
 * every event.
 */
final class TestTracker implements AfterEachCallback {

	static final Duration TICK = Duration.ofMillis(250);

	final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	final Clock clock = new VirtualClock();

	final FaultyStore store = new FaultyStore(
			InMemoryProgressEventStore.builder().clock(this.clock).eventsPerJob(10_000).build());

	final ProgressTracker tracker;

	private int jobs;

	TestTracker() {
		this((settings) -> {
		});
	}

	TestTracker(Consumer<ProgressTrackerBuilder> settings) {
		ProgressTrackerBuilder builder = ProgressTrackerBuilder.forStore(this.store)
			.clock(this.clock)
			.scheduler(this.time)
			.cancelExecutor(Runnable::run)
			.flushTimeout(Duration.ofMillis(10));
		settings.accept(builder);
		this.tracker = builder.build();
	}

	/**
	 * A job that runs and is watched.
	 */
	ProgressJob running() {
		ProgressJob job = queued();
		job.begin();
		return job;
	}

	/**
	 * A job that is queued and watched.
	 */
	ProgressJob queued() {
		this.jobs++;
		JobId id = JobId.of("job-" + this.jobs);
		this.store.listen(id).subscribe();
		return this.tracker.open(JobSpec.named("test").withId(id));
	}

	void tick() {
		pass(TICK);
	}

	void pass(Duration time) {
		this.time.advanceTimeBy(time);
	}

	/**
	 * Lets the time until the next tick pass again and again, with work before each.
	 */
	void eachTick(int ticks, Runnable work) {
		for (int i = 0; i < ticks; i++) {
			work.run();
			tick();
		}
	}

	List<ProgressEvent> events(JobHandle job) {
		EventPage page = this.store.read(job.id(), null, Integer.MAX_VALUE).block(Duration.ofSeconds(5));
		return (page != null) ? page.events().stream().map(StoredEvent::event).toList() : List.of();
	}

	ProgressEvent last(JobHandle job) {
		List<ProgressEvent> events = events(job);
		return events.get(events.size() - 1);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.store.usually(FaultyStore.NONE);
		this.tracker.close();
		this.time.dispose();
	}

	private final class VirtualClock extends Clock {

		private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

		@Override
		public Instant instant() {
			return START.plusMillis(TestTracker.this.time.now(TimeUnit.MILLISECONDS));
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
