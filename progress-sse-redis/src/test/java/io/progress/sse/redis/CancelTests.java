package io.progress.sse.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A wish to stop on its way from one node to another.
 */
class CancelTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private final RedisProgressEventStore worker = RedisProgressEventStore.builder(redis.connections()).build();

	private final RedisProgressEventStore other = RedisProgressEventStore.builder(redis.connections()).build();

	private final JobInfo job = new JobInfo(JobId.of(UUID.randomUUID().toString()), "cancel", null, null,
			Instant.EPOCH);

	private final WriterToken writer = WriterToken.of(1);

	private final Queue<JobId> heard = new ConcurrentLinkedQueue<>();

	private Disposable listening = () -> {
	};

	@AfterEach
	void close() {
		this.listening.dispose();
		this.worker.close();
		this.other.close();
	}

	@Test
	void arrivesAtOnce() {
		listen();
		append(1, JobState.RUNNING);
		Awaitility.await().atMost(PATIENCE).until(() -> this.worker.status().lanesUp() == 1);
		Awaitility.await().atMost(PATIENCE).until(() -> {
			assertThat(cancel()).isTrue();
			return !this.heard.isEmpty();
		});
		assertThat(this.heard).contains(this.job.id());
	}

	@Test
	void arrivesWithTheNextAppendIfTheMessageWasMissed() {
		append(1, JobState.RUNNING);
		assertThat(cancel()).isTrue();
		listen();
		append(2, JobState.RUNNING);
		assertThat(this.heard).containsExactly(this.job.id());
	}

	@Test
	void arrivesWithTheNextBeatIfTheMessageWasMissed() {
		append(1, JobState.RUNNING);
		assertThat(cancel()).isTrue();
		listen();
		this.worker.beat(this.job, this.writer).block(PATIENCE);
		assertThat(this.heard).containsExactly(this.job.id());
	}

	@Test
	void isRefusedWhereThereIsNothingToStop() {
		assertThat(cancel()).isFalse();
		append(1, JobState.DONE);
		assertThat(cancel()).isFalse();
	}

	private void listen() {
		this.listening = this.worker.cancelRequests().subscribe(this.heard::add);
	}

	private boolean cancel() {
		return this.other.requestCancel(this.job.id()).block(PATIENCE);
	}

	private void append(long sequence, JobState state) {
		ProgressEvent event = ProgressEvent.builder(this.job, state, Instant.EPOCH).build();
		this.worker.append(new EventBatch(this.job, this.writer, sequence, List.of(event), AppendMode.CONTINUE))
			.block(PATIENCE);
	}

}
