package io.progress.sse.stream.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
import io.progress.sse.stream.StreamMeters;
import io.progress.sse.stream.format.ProgressEventFormats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A job that was deleted and made anew while the feed of its first life is still there,
 * because a viewer has only just left.
 */
@Timeout(60)
class RecreatedJobTests {

	private static final JobInfo FIRST = new JobInfo(JobId.of("twice"), "test", null, null, Instant.EPOCH);

	private static final JobInfo SECOND = new JobInfo(FIRST.id(), "test", null, null, Instant.EPOCH.plusSeconds(1));

	private static final WriterToken WRITER = WriterToken.of(1);

	private static final WriterToken NEXT_WRITER = WriterToken.of(2);

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().build();

	private final ExecutorService loop = Executors.newSingleThreadExecutor();

	private final EventStreams feeds = new EventStreams(this.store, new ProgressEventFormats(List.of()),
			TestSettings.streams(), StreamMeters.NONE, System::nanoTime);

	@BeforeEach
	void aViewerOfTheFirstLifeLeaves() throws Exception {
		append(FIRST, 1, "old");
		StreamClient first = StreamClient.open(this.feeds, this.loop, StreamClient.request("twice"));
		await().untilAsserted(() -> assertThat(first.writesWith("old")).isOne());
		first.cancel();
		this.loop.submit(() -> {
			// Behind the end of that stream.
		}).get(5, TimeUnit.SECONDS);
		this.store.delete(FIRST.id()).block(Duration.ofSeconds(5));
	}

	@AfterEach
	void stop() {
		this.feeds.close();
		this.loop.shutdownNow();
	}

	@Test
	void aLaterViewerSeesOnlyTheNewRun() {
		append(SECOND, 1, "new");
		StreamClient next = StreamClient.open(this.feeds, this.loop, StreamClient.request("twice"));
		seesTheNewLifeOnly(next);
	}

	@Test
	void aViewerThatWaitsForTheNewRunSeesNothingOfTheOldOne() {
		StreamClient next = StreamClient.open(this.feeds, this.loop, StreamClient.awaiting("twice"));
		await().untilAsserted(() -> assertThat(this.feeds.awaitedJobs()).isOne());
		append(SECOND, 1, "new");
		seesTheNewLifeOnly(next);
	}

	private void seesTheNewLifeOnly(StreamClient client) {
		await().untilAsserted(() -> assertThat(client.writesWith("new")).isOne());
		append(SECOND, 2, "last");
		await().untilAsserted(() -> assertThat(client.writesWith("last")).isOne());
		assertThat(client.writesWith("old")).isZero();
		assertThat(client.writesWith("event: reset")).isZero();
		client.cancel();
	}

	private void append(JobInfo job, long number, String phase) {
		ProgressEvent event = ProgressEvent.builder(job, JobState.RUNNING, Instant.EPOCH)
			.kind(EventKind.MILESTONE)
			.phase(phase)
			.build();
		this.store
			.append(new EventBatch(job, job.equals(FIRST) ? WRITER : NEXT_WRITER, number, List.of(event),
					(number == 1) ? AppendMode.CREATE : AppendMode.CONTINUE))
			.block(Duration.ofSeconds(5));
	}

}
