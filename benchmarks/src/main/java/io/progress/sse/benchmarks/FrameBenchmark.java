package io.progress.sse.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.format.FrameEncoder;
import io.progress.sse.stream.format.ProgressEventFormat;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.stream.frame.FrameBuffer;

/**
 * The cost of turning an event into bytes: once per event and format, not per viewer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class FrameBenchmark {

	private final JsonMapper mapper = new JsonMapper();

	private final ProgressEventFormats formats = new ProgressEventFormats(List.of());

	private final ProgressEventFormat standard = this.formats.get("standard");

	private final FrameEncoder encoder = this.formats.encoder("standard", StreamIds.EVENT);

	private final FrameBuffer out = new FrameBuffer();

	private final StoredEvent stored = new StoredEvent(new EventId(1_748_649_600_456L, 42), event());

	/**
	 * What the event says, as a map.
	 * @return the map
	 */
	@Benchmark
	public Object standardFormat() {
		return this.standard.data(this.stored.event());
	}

	/**
	 * The whole frame.
	 * @return its length
	 */
	@Benchmark
	public int frame() {
		this.out.clear();
		this.encoder.write(this.stored, false, this.out);
		return this.out.length();
	}

	/**
	 * For scale: the same map written by an application's mapper, without a frame.
	 * @return the JSON
	 */
	@Benchmark
	public byte[] mapperAlone() {
		return this.mapper.writeValueAsBytes(this.standard.data(this.stored.event()));
	}

	private static ProgressEvent event() {
		Instant now = Instant.parse("2026-05-31T01:00:01.123456Z");
		JobInfo job = new JobInfo(JobId.of("0198e0c3-5b1f-7c44-9f2e-8a4d5b6c7d8e"), "image-conversion", null, null,
				now);
		return ProgressEvent.builder(job, JobState.RUNNING, now)
			.kind(EventKind.TICK)
			.phase("resizing")
			.message("3 of 12")
			.progress(new Progress(0.25, 3L, 12L, "images", 1.4, Duration.ofMillis(6_400)))
			.data(Map.of("file", "cat.png"))
			.build();
	}

}
