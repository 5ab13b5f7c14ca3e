package io.progress.sse.autoconfigure;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.progress.sse.JobListener;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;

/**
 * Meters of the jobs of this process. No meter has an id among its tags.
 * <ul>
 * <li>{@code progress.sse.jobs}: a timer from admission to end, by {@code job} (its name)
 * and {@code outcome} ({@code done}, {@code failed}, {@code cancelled})</li>
 * <li>{@code progress.sse.jobs.started}: a counter of admitted jobs, by {@code job}</li>
 * <li>{@code progress.sse.jobs.running}: a gauge of jobs that have not ended</li>
 * <li>{@code progress.sse.jobs.names}: a gauge of names that have a tag value</li>
 * <li>{@code progress.sse.events}: a counter of events passed to the store, by
 * {@code kind} ({@code tick}, {@code milestone}, {@code terminal})</li>
 * </ul>
 */
final class JobMeters implements JobListener {

	private final AtomicInteger running = new AtomicInteger();

	private final Map<EventKind, Counter> events = new EnumMap<>(EventKind.class);

	private final JobNames names;

	/**
	 * Creates the meters.
	 * @param registry the registry of the meters
	 * @param jobNames how many job names have a tag value of their own
	 */
	JobMeters(MeterRegistry registry, int jobNames) {
		this.names = new JobNames(registry, jobNames);
		Gauge.builder("progress.sse.jobs.running", this.running, AtomicInteger::get)
			.description("Jobs of this process that have not ended")
			.register(registry);
		Gauge.builder("progress.sse.jobs.names", this.names, JobNames::size)
			.description("Job names that have a tag value of their own")
			.register(registry);
		for (EventKind kind : EventKind.values()) {
			this.events.put(kind,
					Counter.builder("progress.sse.events")
						.description("Events passed to the store")
						.baseUnit("events")
						.tag("kind", kind.name().toLowerCase(Locale.ROOT))
						.register(registry));
		}
	}

	@Override
	public void started(JobInfo job) {
		this.running.incrementAndGet();
		this.names.metersOf(job.name()).started();
	}

	@Override
	public void ended(JobInfo job, ProgressEvent terminal) {
		this.running.decrementAndGet();
		this.names.metersOf(job.name())
			.ended(terminal.state(), Duration.between(job.createdAt(), terminal.occurredAt()));
	}

	@Override
	public void reported(ProgressEvent event) {
		Counter counter = this.events.get(event.kind());
		if (counter != null) {
			counter.increment();
		}
	}

}
