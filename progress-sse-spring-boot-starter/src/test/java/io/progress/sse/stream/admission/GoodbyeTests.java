package io.progress.sse.stream.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import io.progress.sse.TestSettings;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.WriterToken;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.StreamMeters;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.StreamTerms;
import io.progress.sse.stream.format.ProgressEventFormats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Streams that must end while their last write is still under way.
 */
@Timeout(60)
class GoodbyeTests {

	private static final JobInfo JOB = new JobInfo(JobId.of("watched"), "test", "alice", null, Instant.EPOCH);

	private static final WriterToken WRITER = WriterToken.of(1);

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().build();

	private final ExecutorService loop = Executors.newSingleThreadExecutor();

	private final EventStreams feeds = new EventStreams(this.store, new ProgressEventFormats(List.of()),
			TestSettings.streams(), StreamMeters.NONE, System::nanoTime);

	private long sequence;

	@AfterEach
	void stop() {
		this.feeds.close();
		this.loop.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "logout", "shutdown" })
	void aStreamSaysGoodbyeAfterTheWriteThatIsUnderWay(String reason) throws Exception {
		append("before");
		StreamClient client = StreamClient.openSlowly(this.feeds, this.loop, request());
		if (reason.equals("logout")) {
			this.feeds.closeAll("alice");
		}
		else {
			this.feeds.sayGoodbye(Duration.ZERO);
		}
		append("after");
		passTheLoop();
		assertThat(client.ended).isFalse();
		client.more(1);
		await().untilAsserted(() -> assertThat(client.ended).isTrue());
		assertThat(client.cut).isFalse();
		assertThat(client.writes()).isEqualTo(2);
		assertThat(client.lines()).last().asString().startsWith("retry: ");
		assertThat(client.toString()).as("no event for who is logged out").doesNotContain("after", "before");
	}

	@Test
	void aClientThatDoesNotReadTheGoodbyeIsCutOff() {
		append("before");
		StreamClient client = StreamClient.openSlowly(this.feeds, this.loop, request());
		this.feeds.closeAll("alice");
		await().untilAsserted(() -> assertThat(client.ended).isTrue());
		assertThat(client.cut).isTrue();
	}

	private void passTheLoop() throws Exception {
		for (int i = 0; i < 5; i++) {
			this.loop.submit(() -> {
				// Behind the tasks of the streams.
			}).get(5, TimeUnit.SECONDS);
		}
	}

	private static StreamRequest request() {
		return new StreamRequest(List.of(JOB.id()), StreamIds.EVENT, null, StreamTerms.of("standard"), false, true,
				"alice", "127.0.0.1", (job) -> Mono.just(true), () -> false);
	}

	private void append(String phase) {
		this.sequence++;
		ProgressEvent event = ProgressEvent.builder(JOB, JobState.RUNNING, Instant.EPOCH).phase(phase).build();
		this.store
			.append(new EventBatch(JOB, WRITER, this.sequence, List.of(event),
					(this.sequence == 1) ? AppendMode.CREATE : AppendMode.CONTINUE))
			.block(Duration.ofSeconds(5));
	}

}
