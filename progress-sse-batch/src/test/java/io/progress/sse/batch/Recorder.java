package io.progress.sse.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.progress.sse.JobListener;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records all events of all jobs.
 */
class Recorder implements JobListener {

	private final List<ProgressEvent> events = new CopyOnWriteArrayList<>();

	@Override
	public void reported(ProgressEvent event) {
		this.events.add(event);
	}

	List<ProgressEvent> of(String jobId) {
		return this.events.stream().filter((event) -> event.jobId().value().equals(jobId)).toList();
	}

	/**
	 * Returns the last event of a job, after a check of all its events: progress never
	 * falls within an attempt, and there is one end, which is the last event.
	 */
	ProgressEvent end(String jobId) {
		List<ProgressEvent> events = of(jobId);
		assertThat(events).as("events of " + jobId).isNotEmpty();
		double fraction = 0;
		for (ProgressEvent event : events) {
			Double now = event.progress().fraction();
			if (now != null) {
				assertThat(now).as(events.toString()).isGreaterThanOrEqualTo((event.attempt() == 1) ? fraction : 0);
				fraction = now;
			}
		}
		assertThat(events.stream().filter((event) -> event.kind() == EventKind.TERMINAL)).hasSize(1);
		ProgressEvent last = events.get(events.size() - 1);
		assertThat(last.kind()).isEqualTo(EventKind.TERMINAL);
		return last;
	}

	List<String> phases(String jobId) {
		List<String> phases = new ArrayList<>();
		for (ProgressEvent event : of(jobId)) {
			String phase = event.phase();
			if (phase != null && (phases.isEmpty() || !Objects.equals(phases.get(phases.size() - 1), phase))) {
				phases.add(phase);
			}
		}
		return phases;
	}

}
