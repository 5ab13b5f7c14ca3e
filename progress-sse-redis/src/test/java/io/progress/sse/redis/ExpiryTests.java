package io.progress.sse.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key that was evicted or deleted, and is made anew, does not stay for ever.
 */
class ExpiryTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration KEPT = Duration.ofHours(1);

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private final RedisProgressEventStore store = RedisProgressEventStore.builder(redis.connections())
		.runningRetention(KEPT)
		.build();

	private final JobInfo job = new JobInfo(JobId.of(UUID.randomUUID().toString()), "expiry", null, null,
			Instant.EPOCH);

	private final WriterToken writer = WriterToken.of(1);

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void aStreamThatAnAppendMakesAnewExpires() {
		append(1);
		remove("events");
		append(2);
		append(3);
		assertThat(left("events")).isBetween(KEPT.minusMinutes(1).toMillis(), KEPT.toMillis());
		assertThat(left("job")).isPositive();
	}

	@Test
	void aStreamThatALostEventMakesAnewExpires() {
		append(1);
		remove("events");
		TimeMachine.pass(redis.process(), Duration.ofMinutes(2));
		assertThat(this.store.markLost(this.job.id(), this.store.grace(), event(JobState.LOST)).block(PATIENCE))
			.isTrue();
		assertThat(left("events")).isBetween(KEPT.minusMinutes(1).toMillis(), KEPT.toMillis());
	}

	@Test
	void aHashThatIsMadeAnewExpires() {
		append(1);
		remove("job");
		send(AppendMode.RESTORE, 2);
		assertThat(left("job")).isBetween(KEPT.minusMinutes(1).toMillis(), KEPT.toMillis());
		assertThat(left("events")).isPositive();
	}

	private void append(long sequence) {
		send(AppendMode.CONTINUE, sequence);
	}

	private void send(AppendMode mode, long sequence) {
		EventBatch batch = new EventBatch(this.job, this.writer, sequence, List.of(event(JobState.RUNNING)), mode);
		assertThat(this.store.append(batch).block(PATIENCE).status()).isEqualTo(Status.STORED);
	}

	private ProgressEvent event(JobState state) {
		return ProgressEvent.builder(this.job, state, Instant.EPOCH).build();
	}

	private void remove(String key) {
		long removed = redis.process().call((commands) -> commands.del(name(key)));
		assertThat(removed).isOne();
	}

	private long left(String key) {
		return redis.process().call((commands) -> commands.pttl(name(key)));
	}

	private String name(String key) {
		return "progress:{" + this.job.id() + "}:" + key;
	}

}
