package io.progress.sse.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.progress.sse.event.JobState;

/**
 * The meters of the jobs of one name. The timer of an outcome is registered when a job
 * has it.
 */
final class NamedJobMeters {

	private final Map<JobState, Timer> ended = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	private final String name;

	private final Counter started;

	NamedJobMeters(MeterRegistry registry, String name) {
		this.registry = registry;
		this.name = name;
		this.started = Counter.builder("progress.sse.jobs.started")
			.description("Jobs that were admitted")
			.tag("job", name)
			.register(registry);
	}

	void started() {
		this.started.increment();
	}

	void ended(JobState outcome, Duration time) {
		this.ended.computeIfAbsent(outcome, this::timer).record(time);
	}

	private Timer timer(JobState outcome) {
		return Timer.builder("progress.sse.jobs")
			.description("Time of jobs from admission to end")
			.tag("job", this.name)
			.tag("outcome", outcome.wireName())
			.register(this.registry);
	}

}
