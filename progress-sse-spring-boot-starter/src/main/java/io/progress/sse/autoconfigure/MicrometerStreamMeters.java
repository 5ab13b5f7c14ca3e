package io.progress.sse.autoconfigure;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.progress.sse.stream.StreamLimit;
import io.progress.sse.stream.StreamMeters;

/**
 * Counts what happens to streams.
 */
final class MicrometerStreamMeters implements StreamMeters {

	private final Counter delivered;

	private final Counter conflated;

	private final Counter evictions;

	private final Counter resumes;

	private final Counter stale;

	private final Counter resets;

	private final Counter leftOut;

	private final Map<StreamLimit, Counter> refused = new EnumMap<>(StreamLimit.class);

	MicrometerStreamMeters(MeterRegistry registry) {
		this.delivered = Counter.builder("progress.sse.events.delivered")
			.description("Events sent to viewers")
			.register(registry);
		this.conflated = Counter.builder("progress.sse.events.conflated")
			.description("Events skipped for viewers that could not keep up")
			.register(registry);
		this.evictions = Counter.builder("progress.sse.streams.evictions")
			.description("Streams cut off because the client did not read")
			.register(registry);
		this.resumes = Counter.builder("progress.sse.streams.resumes")
			.description("Streams that were resumed after an event")
			.register(registry);
		this.stale = Counter.builder("progress.sse.streams.stale")
			.description("Cursors that were no longer valid")
			.baseUnit("cursors")
			.register(registry);
		this.resets = Counter.builder("progress.sse.streams.resets")
			.description("Viewers that had to begin again, because their events are lost")
			.register(registry);
		this.leftOut = Counter.builder("progress.sse.list.left-out")
			.description("Jobs left out of streams of all jobs of an owner, which follow as many as they may")
			.baseUnit("jobs")
			.register(registry);
		for (StreamLimit limit : StreamLimit.values()) {
			this.refused.put(limit,
					Counter.builder("progress.sse.streams.refused")
						.description("Streams refused because of a limit")
						.tag("limit", limit.name().toLowerCase(Locale.ROOT))
						.register(registry));
		}
	}

	@Override
	public void delivered(int events) {
		this.delivered.increment(events);
	}

	@Override
	public void conflated(long events) {
		this.conflated.increment((double) events);
	}

	@Override
	public void evicted() {
		this.evictions.increment();
	}

	@Override
	public void resumed() {
		this.resumes.increment();
	}

	@Override
	public void stale() {
		this.stale.increment();
	}

	@Override
	public void reset() {
		this.resets.increment();
	}

	@Override
	public void leftOut(int jobs) {
		this.leftOut.increment(jobs);
	}

	@Override
	public void refused(StreamLimit limit) {
		Counter counter = this.refused.get(limit);
		if (counter != null) {
			counter.increment();
		}
	}

}
