package io.progress.sse.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.WriterToken;

/**
 * A simple model of a store, without limits and clock, that the random run compares with.
 */
final class StoreModel {

	private final Map<JobId, Run> runs = new HashMap<>();

	Status append(EventBatch batch) {
		JobId id = batch.job().id();
		Run run = this.runs.get(id);
		int order = (run != null) ? run.writer.compareTo(batch.writer()) : 0;
		if (order > 0 || (order < 0 && batch.mode() == AppendMode.CREATE)) {
			return Status.FENCED;
		}
		boolean fresh = run == null || (order < 0 && batch.mode() == AppendMode.REPLACE);
		Run target = (run == null || fresh) ? new Run(batch.writer()) : run;
		long known = target.writer.equals(batch.writer()) ? target.sequence : 0;
		if (batch.lastSequence() <= known) {
			return Status.STORED;
		}
		if (target.hasEnded()) {
			return Status.ENDED;
		}
		if (batch.firstSequence() > known + 1 && batch.mode() != AppendMode.RESTORE) {
			return Status.MISSING;
		}
		int stored = (int) Math.max(0, known - batch.firstSequence() + 1);
		target.events.addAll(batch.events().subList(stored, batch.events().size()));
		target.writer = batch.writer();
		target.sequence = batch.lastSequence();
		this.runs.put(id, target);
		return Status.STORED;
	}

	boolean delete(JobId job) {
		return this.runs.remove(job) != null;
	}

	@Nullable Run run(JobId job) {
		return this.runs.get(job);
	}

	static final class Run {

		private final List<ProgressEvent> events = new ArrayList<>();

		private WriterToken writer;

		private long sequence;

		Run(WriterToken writer) {
			this.writer = writer;
		}

		List<ProgressEvent> events() {
			return this.events;
		}

		long known(WriterToken writer) {
			return this.writer.equals(writer) ? this.sequence : 0;
		}

		private boolean hasEnded() {
			return !this.events.isEmpty() && this.events.get(this.events.size() - 1).isTerminal();
		}

	}

}
