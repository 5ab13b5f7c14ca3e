package io.progress.sse.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.WriterToken;

/**
 * A job whose events a test appends by hand.
 */
final class TestJob {

	private static final Instant TIME = Instant.parse("2026-05-31T01:00:01Z");

	private final ProgressEventStore store;

	private final JobInfo info;

	private final WriterToken writer = WriterToken.of(System.currentTimeMillis() << 16);

	private long sequence;

	TestJob(ProgressEventStore store, String id, @Nullable String owner) {
		this(store, new JobInfo(JobId.of(id), "test", owner, null, TIME));
	}

	TestJob(ProgressEventStore store, JobInfo info) {
		this.store = store;
		this.info = info;
	}

	EventId queued() {
		return append(JobState.QUEUED, (event) -> {
		});
	}

	EventId phase(String phase) {
		return append(JobState.RUNNING, (event) -> event.phase(phase));
	}

	EventId tick(long completed, long total) {
		return append(JobState.RUNNING,
				(event) -> event.kind(EventKind.TICK)
					.phase("working")
					.progress(new Progress((double) completed / total, completed, total, null, null, null)));
	}

	EventId done(Object result) {
		return append(JobState.DONE, (event) -> event.result(result).duration(Duration.ofSeconds(2)));
	}

	EventId append(JobState state, Consumer<ProgressEvent.Builder> change) {
		ProgressEvent.Builder event = ProgressEvent.builder(this.info, state, TIME);
		change.accept(event);
		this.sequence++;
		AppendMode mode = (this.sequence == 1) ? AppendMode.CREATE : AppendMode.CONTINUE;
		return this.store.append(new EventBatch(this.info, this.writer, this.sequence, List.of(event.build()), mode))
			.block(Duration.ofSeconds(5))
			.latest();
	}

}
