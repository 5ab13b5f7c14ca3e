package io.progress.sse.autoconfigure;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.progress.sse.JobListener;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;

/**
 * Meters of the jobs of this process. No meter has an id among its tags.
 * <ul>
 * <li>{@code progress.sse.jobs}: a timer from admission to end, by {@code job} (its name)
 * and {@code outcome} ({@code done}, {@code failed}, {@code cancelled})</li>
 * <li>{@code progress.sse.jobs.running}: a gauge of jobs that have not ended</li>
 * <li>{@code progress.sse.events}: a counter of events passed to the store, by
 * {@code kind} ({@code tick}, {@code milestone}, {@code terminal})</li>
 * </ul>
 */
final class JobMeters implements JobListener {

	private final AtomicInteger running = new AtomicInteger();

	private final MeterRegistry registry;

	/**
	 * Creates the meters.
	 * @param registry the registry of the meters
	 */
	JobMeters(MeterRegistry registry) {
		this.registry = registry;
		Gauge.builder("progress.sse.jobs.running", this.running, AtomicInteger::get)
			.description("Jobs of this process that have not ended")
			.register(registry);
	}

	@Override
	public void started(JobInfo job) {
		this.running.incrementAndGet();
	}

	@Override
	public void ended(JobInfo job, ProgressEvent terminal) {
		this.running.decrementAndGet();
		Timer.builder("progress.sse.jobs")
			.description("Time of jobs from admission to end")
			.tag("job", job.name())
			.tag("outcome", terminal.state().wireName())
			.register(this.registry)
			.record(Duration.between(job.createdAt(), terminal.occurredAt()));
	}

	@Override
	public void reported(ProgressEvent event) {
		Counter.builder("progress.sse.events")
			.description("Events passed to the store")
			.baseUnit("events")
			.tag("kind", event.kind().name().toLowerCase(Locale.ROOT))
			.register(this.registry)
			.increment();
	}

}
