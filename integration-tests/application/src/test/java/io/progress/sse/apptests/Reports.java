package io.progress.sse.apptests;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.TrackProgress;

/**
 * A controller that reports progress.
 */
@RestController
class Reports {

	@Autowired
	private ProgressTracker tracker;

	@PostMapping("/reports")
	@TrackProgress("report")
	public String render(ProgressReporter progress) {
		progress.phase("rendering");
		return progress.jobId().isPresent() ? "tracked" : "untracked";
	}

	@PostMapping("/later-reports")
	JobHandle later() {
		return this.tracker.start(JobSpec.named("report"), (progress) -> null);
	}

}
