package io.progress.sse.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.data.redis.connection.RedisConnection;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A job that another run replaces between the two commands of a read.
 */
class ReplacedJobTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private final RedisProgressEventStore store = RedisProgressEventStore.builder(redis.connections()).build();

	private final JobInfo job = new JobInfo(JobId.of(UUID.randomUUID().toString()), "again", null, null, Instant.EPOCH);

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void doesNotLoseTheFirstEventOfTheNewRun() {
		append(WriterToken.of(1), AppendMode.CREATE);
		EventPage before = read(null);
		byte[] hash = JobKeys.of("progress", this.job.id()).job();
		try (RedisConnection connection = redis.connections().getConnection()) {
			byte[] standing = connection.keyCommands().dump(hash);
			append(WriterToken.of(2), AppendMode.REPLACE);
			// What the first command of a read has seen is what the second one goes by.
			connection.keyCommands().restore(hash, 0, standing, true);
		}
		EventPage between = read(before);
		assertThat(between.stale()).isTrue();
		assertThat(between.events()).isEmpty();
	}

	private void append(WriterToken writer, AppendMode mode) {
		List<ProgressEvent> events = List.of(ProgressEvent.builder(this.job, JobState.QUEUED, Instant.EPOCH).build(),
				ProgressEvent.builder(this.job, JobState.RUNNING, Instant.EPOCH).build());
		this.store.append(new EventBatch(this.job, writer, 1, events, mode)).block(PATIENCE);
	}

	private EventPage read(@Nullable EventPage cursor) {
		EventPage page = this.store.read(this.job.id(), (cursor != null) ? cursor.latest().id() : null, 10)
			.block(PATIENCE);
		assertThat(page).isNotNull();
		return page;
	}

}
