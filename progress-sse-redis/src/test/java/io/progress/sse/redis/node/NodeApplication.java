package io.progress.sse.redis.node;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;

/**
 * An application with long jobs, of which tests run several.
 */
@SpringBootApplication
public class NodeApplication {

	public static void main(String[] args) {
		SpringApplication.run(NodeApplication.class, args);
	}

	@RestController
	static class Work {

		private final ProgressTracker tracker;

		Work(ProgressTracker tracker) {
			this.tracker = tracker;
		}

		/** Notes each step; stops when asked to. */
		@PostMapping("/work/{id}")
		String start(@PathVariable String id, @RequestParam int steps, @RequestParam long pause) {
			JobSpec spec = JobSpec.named("work").withId(JobId.of(id));
			return this.tracker.start(spec, (progress) -> work(progress, steps, pause)).id().value();
		}

		private static String work(ProgressReporter progress, int steps, long pause) throws InterruptedException {
			progress.total(steps);
			for (int step = 1; step <= steps; step++) {
				progress.checkCancelled();
				progress.note(Note.Level.INFO, Integer.toString(step));
				progress.advance();
				Thread.sleep(pause);
			}
			return "worked";
		}

	}

}
