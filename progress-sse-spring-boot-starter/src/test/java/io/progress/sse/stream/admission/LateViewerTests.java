package io.progress.sse.stream.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
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
import io.progress.sse.store.EventId;
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
 * Viewers that come back late, or stay and do not keep up: they miss ticks only, and
 * where more is missing they are told and begin anew.
 */
@Timeout(60)
class LateViewerTests {

	private static final JobInfo JOB = new JobInfo(JobId.of("long"), "test", null, null, Instant.EPOCH);

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder()
		.eventsPerJob(4)
		.milestonesPerJob(64)
		.build();

	private final WriterToken writer = WriterToken.of(1);

	private final ExecutorService loop = Executors.newSingleThreadExecutor();

	private final EventStreams feeds = new EventStreams(this.store, new ProgressEventFormats(List.of()),
			TestSettings.streams("window.events=4", "window.lag=2"), StreamMeters.NONE, System::nanoTime);

	private final List<EventId> ids = new ArrayList<>();

	private final List<Long> milestones = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.feeds.close();
		this.loop.shutdownNow();
	}

	@Test
	void aViewerAfterALongAbsenceGetsItsMilestonesOnceAndThenNewEvents() {
		append(EventKind.MILESTONE);
		append(EventKind.TICK);
		EventId seen = this.ids.get(1);
		work(300);
		StreamClient client = connect(seen.toString());
		client.more(100);
		await().untilAsserted(() -> assertThat(numbers(client)).endsWith(302L));
		assertThat(milestones(client)).isEqualTo(this.milestones.subList(1, this.milestones.size()));
		append(EventKind.TICK);
		append(EventKind.MILESTONE);
		await().untilAsserted(() -> assertThat(numbers(client)).endsWith(303L, 304L));
		assertThat(numbers(client)).doesNotHaveDuplicates().isSorted();
		assertThat(resets(client)).isZero();
	}

	@Test
	void aViewerFarBehindGetsItsMissedMilestonesOnTheSameStream() {
		append(EventKind.MILESTONE);
		StreamClient client = connect(null);
		client.more(1);
		await().untilAsserted(() -> assertThat(numbers(client)).containsExactly(1L));
		work(300);
		follow();
		client.more(200);
		await().untilAsserted(() -> assertThat(numbers(client)).endsWith(301L));
		assertThat(milestones(client)).isEqualTo(this.milestones);
		assertThat(numbers(client)).doesNotHaveDuplicates().isSorted();
		append(EventKind.MILESTONE);
		await().untilAsserted(() -> assertThat(numbers(client)).endsWith(302L));
		assertThat(resets(client)).isZero();
		assertThat(client.ended || client.cut).isFalse();
	}

	@Test
	void aViewerBehindTheKeptMilestonesBeginsAgainOnTheSameStream() {
		append(EventKind.MILESTONE);
		StreamClient client = connect(null);
		client.more(1);
		await().untilAsserted(() -> assertThat(numbers(client)).containsExactly(1L));
		work(3_000);
		follow();
		client.more(400);
		await().untilAsserted(() -> assertThat(numbers(client)).endsWith(3_001L));
		assertThat(resets(client)).isOne();
		append(EventKind.MILESTONE);
		await().untilAsserted(() -> assertThat(numbers(client)).endsWith(3_002L));
		assertThat(numbers(client)).doesNotHaveDuplicates().isSorted();
		assertThat(client.ended || client.cut).isFalse();
	}

	/** Waits until the feed has come as far as the store. */
	private void follow() {
		StreamClient other = StreamClient.open(this.feeds, this.loop, StreamClient.request("long"));
		String last = "id: " + this.ids.get(this.ids.size() - 1);
		await().untilAsserted(() -> assertThat(other.writesWith(last)).isPositive());
		other.cancel();
	}

	private void work(int events) {
		for (int i = 1; i <= events; i++) {
			append((i % 10 == 0) ? EventKind.MILESTONE : EventKind.TICK);
		}
	}

	private void append(EventKind kind) {
		// No two events are equal: a tail takes an equal event for one that was restored.
		ProgressEvent event = ProgressEvent.builder(JOB, JobState.RUNNING, Instant.EPOCH)
			.kind(kind)
			.message("step " + this.ids.size())
			.build();
		EventId id = this.store
			.append(new EventBatch(JOB, this.writer, this.ids.size() + 1L, List.of(event), AppendMode.CONTINUE))
			.block(Duration.ofSeconds(5))
			.latest();
		this.ids.add(id);
		if (kind == EventKind.MILESTONE) {
			this.milestones.add(id.n());
		}
	}

	/** Takes what it is asked to, and not more. */
	private StreamClient connect(@Nullable String cursor) {
		return StreamClient.openSlowly(this.feeds, this.loop,
				new StreamRequest(List.of(JOB.id()), StreamIds.EVENT, cursor,
						StreamTerms.of("standard").resettingWhenStale(true), false, false, null, "127.0.0.1",
						(job) -> Mono.just(true), () -> false));
	}

	private static List<Long> numbers(StreamClient client) {
		return client.lines()
			.filter((line) -> line.startsWith("id: "))
			.map((line) -> EventId.parse(line.substring(4)).orElseThrow().n())
			.toList();
	}

	private List<Long> milestones(StreamClient client) {
		return numbers(client).stream().filter(this.milestones::contains).toList();
	}

	private static long resets(StreamClient client) {
		return client.lines().filter((line) -> line.equals("event: reset")).count();
	}

}
