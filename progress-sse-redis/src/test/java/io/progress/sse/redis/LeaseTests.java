package io.progress.sse.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Leases, on the clock of Redis.
 */
class LeaseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Duration GRACE = Duration.ofSeconds(20);

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private final RedisProgressEventStore store = RedisProgressEventStore.builder(redis.connections())
		.lease(LEASE)
		.grace(GRACE)
		.build();

	private final JobInfo job = new JobInfo(JobId.of(UUID.randomUUID().toString()), "lease", null, null, Instant.EPOCH);

	private final WriterToken writer = WriterToken.of(1);

	private final ProgressEvent lost = ProgressEvent.builder(this.job, JobState.LOST, Instant.EPOCH).build();

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void isRenewedByEachAppend() {
		append(1, JobState.RUNNING);
		pass(LEASE.dividedBy(2));
		assertThat(lease()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
		append(2, JobState.RUNNING);
		assertThat(lease()).isBetween(Duration.ofSeconds(25), LEASE);
	}

	@Test
	void isRenewedByEachBeatOfTheWriter() {
		append(1, JobState.RUNNING);
		pass(LEASE.multipliedBy(2));
		assertThat(lease()).isNegative();
		assertThat(beat(this.writer)).isTrue();
		assertThat(lease()).isPositive();
	}

	@Test
	void isRenewedOnlyByItsWriterAndForAnExistingJob() {
		assertThat(beat(this.writer)).isFalse();
		append(1, JobState.RUNNING);
		assertThat(beat(WriterToken.of(2))).isFalse();
		append(2, JobState.DONE);
		assertThat(beat(this.writer)).isFalse();
	}

	@Test
	void keepsASilentJobFromExpiring() {
		append(1, JobState.RUNNING);
		for (int i = 0; i < 10; i++) {
			pass(Duration.ofMinutes(10));
			assertThat(beat(this.writer)).isTrue();
		}
		assertThat(page().events()).hasSize(1);
	}

	@Test
	void oneOfManyCallersMarksTheJobAsLost() {
		append(1, JobState.RUNNING);
		pass(LEASE.plus(GRACE).plusSeconds(1));
		List<Boolean> marked = Flux
			.merge(IntStream.range(0, 8)
				.mapToObj((i) -> this.store.markLost(this.job.id(), GRACE, this.lost).flux())
				.toList())
			.collectList()
			.block(PATIENCE);
		assertThat(marked).containsOnlyOnce(true).hasSize(8);
		assertThat(states()).containsExactly(JobState.RUNNING, JobState.LOST);
	}

	@Test
	void isNotOverBeforeTheGraceIs() {
		append(1, JobState.RUNNING);
		pass(LEASE.plus(GRACE).minusSeconds(2));
		assertThat(this.store.markLost(this.job.id(), GRACE, this.lost).block(PATIENCE)).isFalse();
		assertThat(states()).containsExactly(JobState.RUNNING);
	}

	@Test
	void letsALateWorkerGoOnAndBeLostAgain() {
		append(1, JobState.RUNNING);
		pass(LEASE.plus(GRACE).plusSeconds(1));
		this.store.markLost(this.job.id(), GRACE, this.lost).block(PATIENCE);
		append(2, JobState.RUNNING);
		pass(LEASE.plus(GRACE).plusSeconds(1));
		assertThat(this.store.markLost(this.job.id(), GRACE, this.lost).block(PATIENCE)).isTrue();
		assertThat(states()).containsExactly(JobState.RUNNING, JobState.LOST, JobState.RUNNING, JobState.LOST);
		assertThat(page().events()).extracting((event) -> event.id().n()).containsExactly(1L, 2L, 3L, 4L);
	}

	@Test
	void endsWithTheJob() {
		append(1, JobState.DONE);
		assertThat(page().lease()).isNull();
		pass(Duration.ofMinutes(5));
		assertThat(this.store.markLost(this.job.id(), Duration.ZERO, this.lost).block(PATIENCE)).isFalse();
	}

	private void append(long sequence, JobState state) {
		ProgressEvent event = ProgressEvent.builder(this.job, state, Instant.EPOCH).build();
		EventBatch batch = new EventBatch(this.job, this.writer, sequence, List.of(event), AppendMode.CONTINUE);
		assertThat(this.store.append(batch).block(PATIENCE).status()).isEqualTo(Status.STORED);
	}

	private boolean beat(WriterToken writer) {
		return this.store.beat(this.job, writer).block(PATIENCE);
	}

	private Duration lease() {
		return page().lease();
	}

	private List<JobState> states() {
		return page().events().stream().map((event) -> event.event().state()).toList();
	}

	private EventPage page() {
		return this.store.read(this.job.id(), null, 100).block(PATIENCE);
	}

	private static void pass(Duration time) {
		TimeMachine.pass(redis.process(), time);
	}

}
