package io.progress.sse.sample.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Starts jobs that do nothing, at a pace of one's choice. They hold no thread while they
 * wait, so there may be many.
 */
@RestController
class DemoController {

	private final ProgressTracker tracker;

	private final int capacity;

	private final AtomicInteger running = new AtomicInteger();

	DemoController(ProgressTracker tracker, @Value("${sample.max-demos:1000}") int capacity) {
		this.tracker = tracker;
		this.capacity = capacity;
	}

	@PostMapping("/api/demo")
	JobHandle demo(@RequestParam(defaultValue = "20") int steps, @RequestParam(defaultValue = "100") int delayMs,
			@RequestParam(required = false) @Nullable Integer failAt) {
		check("steps", steps, 1, 10_000);
		check("delayMs", delayMs, 0, 10_000);
		if (failAt != null) {
			check("failAt", failAt, 1, steps);
		}
		if (this.running.get() >= this.capacity) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "Too many demo jobs are running");
		}
		ProgressJob job = this.tracker.open(JobSpec.named("demo"));
		this.running.incrementAndGet();
		job.ended().thenRun(this.running::decrementAndGet);
		run(job, steps, Duration.ofMillis(delayMs), failAt);
		return job;
	}

	private static void run(ProgressJob job, int steps, Duration delay, @Nullable Integer failAt) {
		job.begin();
		ProgressReporter progress = job.reporter();
		progress.total(steps);
		progress.unit("steps");
		Flux.range(1, steps).delayElements(delay).subscribe((step) -> {
			progress.checkCancelled();
			progress.message("step " + step + " of " + steps);
			if (failAt != null && failAt.equals(step)) {
				throw new ProgressException("demo-failure", "Step " + step + " failed, as you asked");
			}
			progress.advance();
		}, job::fail, job::done);
	}

	private static void check(String parameter, int value, int min, int max) {
		if (value < min || value > max) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"'%s' must be from %d to %d, but is %d".formatted(parameter, min, max, value));
		}
	}

}
