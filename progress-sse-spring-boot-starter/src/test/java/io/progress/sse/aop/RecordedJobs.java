package io.progress.sse.aop;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.progress.sse.JobListener;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the jobs of a test said, in order.
 */
public class RecordedJobs implements JobListener {

	private final List<JobInfo> started = new CopyOnWriteArrayList<>();

	private final List<ProgressEvent> events = new CopyOnWriteArrayList<>();

	private final List<ProgressEvent> ends = new CopyOnWriteArrayList<>();

	@Override
	public void started(JobInfo job) {
		this.started.add(job);
	}

	@Override
	public void reported(ProgressEvent event) {
		this.events.add(event);
	}

	@Override
	public void ended(JobInfo job, ProgressEvent terminal) {
		this.ends.add(terminal);
	}

	List<JobInfo> started() {
		return this.started;
	}

	JobInfo only() {
		assertThat(this.started).hasSize(1);
		return this.started.get(0);
	}

	/** The end of the only job, once it has come. */
	ProgressEvent end() {
		await().until(() -> !this.ends.isEmpty());
		only();
		assertThat(this.ends).hasSize(1);
		return this.ends.get(0);
	}

	/** The end of a job, once it has come. */
	ProgressEvent end(String name) {
		await().until(() -> this.ends.stream().anyMatch((end) -> end.job().equals(name)));
		return this.ends.stream().filter((end) -> end.job().equals(name)).findFirst().orElseThrow();
	}

	List<ProgressEvent> ends() {
		return this.ends;
	}

	List<JobState> states() {
		List<JobState> states = new ArrayList<>();
		for (ProgressEvent event : this.events) {
			if (states.isEmpty() || states.get(states.size() - 1) != event.state()) {
				states.add(event.state());
			}
		}
		return states;
	}

	/** The fractions that were published, each run of the same once. */
	List<Double> fractions() {
		return this.events.stream()
			.map((event) -> event.progress().fraction())
			.filter(Objects::nonNull)
			.distinct()
			.toList();
	}

	List<String> phases(JobId job) {
		return this.events.stream()
			.filter((event) -> event.jobId().equals(job) && event.phase() != null)
			.map(ProgressEvent::phase)
			.distinct()
			.toList();
	}

}
