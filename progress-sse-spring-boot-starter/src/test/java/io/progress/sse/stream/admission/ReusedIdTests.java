package io.progress.sse.stream.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import io.progress.sse.TestSettings;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.WriterToken;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.stream.OwnedJobs;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.StreamMeters;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.StreamTerms;
import io.progress.sse.stream.format.ProgressEventFormats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A stream of all jobs of an owner, of whose jobs one ends and begins again under its id
 * before the client has read the end.
 */
@Timeout(60)
class ReusedIdTests {

	private static final JobInfo FIRST = new JobInfo(JobId.of("twice"), "test", "alice", null, Instant.EPOCH);

	private static final JobInfo SECOND = new JobInfo(FIRST.id(), "test", "alice", null, Instant.EPOCH.plusSeconds(1));

	private static final JobInfo THIRD = new JobInfo(JobId.of("thrice"), "test", "alice", null,
			Instant.EPOCH.plusSeconds(2));

	private static final WriterToken WRITER = WriterToken.of(1);

	private static final WriterToken NEXT_WRITER = WriterToken.of(2);

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().build();

	private final ExecutorService loop = Executors.newSingleThreadExecutor();

	private final EventStreams feeds = new EventStreams(this.store, new ProgressEventFormats(List.of()),
			TestSettings.streams(), StreamMeters.NONE, System::nanoTime);

	@AfterEach
	void stop() {
		this.feeds.close();
		this.loop.shutdownNow();
	}

	@Test
	void theNextRunIsFollowedAfterTheEndOfTheFirst() {
		append(FIRST, 1, JobState.RUNNING, "first", AppendMode.CREATE);
		StreamClient witness = StreamClient.open(this.feeds, this.loop, request());
		StreamClient client = clientThatHasSeenTheFirstRun();
		append(FIRST, 2, JobState.DONE, "over", AppendMode.CONTINUE);
		await().untilAsserted(() -> assertThat(witness.writesWith("event: done")).isOne());
		append(SECOND, 1, JobState.RUNNING, "second", AppendMode.REPLACE);
		await().untilAsserted(() -> assertThat(witness.writesWith("second")).isOne());
		client.more(40);
		await().untilAsserted(() -> assertThat(client.writesWith("second")).isOne());
		assertThat(client.writesWith("event: done")).isOne();
		append(SECOND, 2, JobState.DONE, "last", AppendMode.CONTINUE);
		await().untilAsserted(() -> assertThat(client.writesWith("event: done")).isEqualTo(2));
	}

	/** Then the feed of the first run is also that of the second. */
	@Test
	void aRunWhoseFirstPartNobodyHasReadIsToldOnce() {
		append(FIRST, 1, JobState.RUNNING, "first", AppendMode.CREATE);
		StreamClient client = clientThatHasSeenTheFirstRun();
		append(FIRST, 2, JobState.DONE, "over", AppendMode.CONTINUE);
		append(SECOND, 1, JobState.RUNNING, "second", AppendMode.REPLACE);
		client.more(40);
		await().untilAsserted(() -> assertThat(client.writesWith("second")).isOne());
		append(SECOND, 2, JobState.DONE, "last", AppendMode.CONTINUE);
		append(THIRD, 1, JobState.RUNNING, "third", AppendMode.CREATE);
		append(THIRD, 2, JobState.DONE, "third", AppendMode.CONTINUE);
		await().untilAsserted(
				() -> assertThat(client.toString()).containsOnlyOnce("\"thrice\",\"job\":\"test\",\"state\":\"done\""));
		assertThat(client.toString()).containsOnlyOnce("\"last\"");
	}

	private StreamClient clientThatHasSeenTheFirstRun() {
		StreamClient client = StreamClient.openSlowly(this.feeds, this.loop, request());
		client.more(1);
		await().untilAsserted(() -> assertThat(client.writesWith("first")).isOne());
		return client;
	}

	private static StreamRequest request() {
		return new StreamRequest(new OwnedJobs("alice"), List.of(), StreamIds.EVENT_OF_EACH_JOB, null,
				StreamTerms.of("standard").pinging(false), true, "alice", "127.0.0.1", (job) -> Mono.just(true),
				() -> false);
	}

	private void append(JobInfo job, long number, JobState state, String phase, AppendMode mode) {
		ProgressEvent event = ProgressEvent.builder(job, state, Instant.EPOCH)
			.kind(state.isTerminal() ? EventKind.TERMINAL : EventKind.MILESTONE)
			.phase(phase)
			.build();
		this.store.append(new EventBatch(job, job.equals(SECOND) ? NEXT_WRITER : WRITER, number, List.of(event), mode))
			.block(Duration.ofSeconds(5));
	}

}
