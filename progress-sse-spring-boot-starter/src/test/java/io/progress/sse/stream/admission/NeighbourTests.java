package io.progress.sse.stream.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

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
import io.progress.sse.stream.format.ProgressEventFormat;
import io.progress.sse.stream.format.ProgressEventFormats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * A failure of one stream does not reach the others on its loop.
 */
@Timeout(60)
class NeighbourTests {

	private static final Instant NOW = Instant.ofEpochMilli(1_000);

	private static final WriterToken WRITER = WriterToken.of(1);

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().build();

	private final Map<String, Long> sequences = new ConcurrentHashMap<>();

	private final ExecutorService loop = Executors.newSingleThreadExecutor();

	private final EventStreams feeds = new EventStreams(this.store,
			new ProgressEventFormats(List.of(new BrokenFormat())),
			TestSettings.streams("heartbeat=50ms", "stall-timeout=60s", "linger=20ms", "await-unknown=100ms"),
			StreamMeters.NONE, System::nanoTime);

	@AfterEach
	void stop() {
		this.feeds.close();
		this.loop.shutdownNow();
	}

	@Test
	void aFormatThatAlwaysFailsEndsNoStream() {
		append("good", JobState.RUNNING);
		append("bad", JobState.RUNNING);
		StreamClient good = StreamClient.open(this.feeds, this.loop, StreamClient.request("good"));
		StreamClient bad = StreamClient.open(this.feeds, this.loop, StreamClient.request("broken", () -> false, "bad"));
		await().untilAsserted(() -> assertThat(bad.writesWith("event: progress")).isEqualTo(1));

		append("good", JobState.DONE);
		append("bad", JobState.DONE);

		await().untilAsserted(() -> assertThat(good.writesWith("event: done")).isEqualTo(1));
		await().untilAsserted(() -> assertThat(bad.writesWith("event: done")).isEqualTo(1));
	}

	@Test
	void aCallerWhoseCheckFailsLosesOnlyItsOwnStream() {
		append("watched", JobState.RUNNING);
		AtomicBoolean broken = new AtomicBoolean();
		StreamClient first = StreamClient.open(this.feeds, this.loop, StreamClient.request("standard", () -> {
			if (broken.get()) {
				throw new IllegalStateException("planned");
			}
			return false;
		}, "watched"));
		StreamClient second = StreamClient.open(this.feeds, this.loop, StreamClient.request("watched"));
		await().untilAsserted(() -> assertThat(second.writesWith(": hb\n")).isPositive());

		broken.set(true);
		await().untilAsserted(() -> assertThat(first.ended).isTrue());

		assertThat(first.cut).isTrue();
		long before = second.writesWith(": hb\n");
		await().untilAsserted(() -> assertThat(second.writesWith(": hb\n")).isGreaterThan(before + 2));
	}

	@Test
	void aJobThatAlwaysHasSomethingToSayLeavesOthersTheirTurn() {
		append("chatty", JobState.RUNNING);
		append("quiet", JobState.RUNNING);
		StreamClient witness = StreamClient.open(this.feeds, this.loop, StreamClient.request("chatty"));
		StreamClient client = StreamClient.openSlowly(this.feeds, this.loop, StreamClient.request("chatty", "quiet"));
		append("quiet", JobState.DONE);
		for (int round = 1; round <= 8; round++) {
			int events = round;
			await().untilAsserted(() -> assertThat(witness.writesWith("event: progress")).isEqualTo(events));
			int before = client.writes();
			client.request(1);
			await().untilAsserted(() -> assertThat(client.writes()).isGreaterThan(before));
			append("chatty", JobState.RUNNING);
		}
		assertThat(client.writesWith("event: done")).isEqualTo(1);
	}

	@Test
	void aJobThatDidNotComeGivesItsSeatBack() {
		append("there", JobState.RUNNING);
		StreamClient client = StreamClient.open(this.feeds, this.loop,
				StreamClient.request("there", "nobody-one", "nobody-two"));

		await().untilAsserted(() -> assertThat(client.writesWith("event: unknown")).isEqualTo(2));

		assertThat(client.ended).isFalse();
		assertThat(this.feeds.awaitedJobs()).isZero();
	}

	@Test
	void aRequestForZeroItemsFailsTheStream() {
		append("watched", JobState.RUNNING);
		for (boolean first : new boolean[] { true, false }) {
			List<String> signals = new CopyOnWriteArrayList<>();
			StreamClient outlet = StreamClient.open(this.feeds, this.loop, StreamClient.request("watched"));
			StreamClient.body(this.feeds, StreamClient.request("watched"))
				.open(DefaultDataBufferFactory.sharedInstance, outlet)
				.subscribe(new Subscriber<>() {
					@Override
					public void onSubscribe(Subscription subscription) {
						if (!first) {
							subscription.request(1);
						}
						subscription.request(0);
						subscription.request(64);
					}

					@Override
					public void onNext(DataBuffer buffer) {
						signals.add("next");
					}

					@Override
					public void onError(Throwable ex) {
						signals.add(ex.getClass().getSimpleName());
					}

					@Override
					public void onComplete() {
						signals.add("complete");
					}
				});
			await().untilAsserted(() -> assertThat(signals).contains("IllegalArgumentException"));
			append("watched", JobState.RUNNING);
			await().untilAsserted(() -> assertThat(outlet.writesWith("event: progress")).isGreaterThan(1));
			assertThat(signals).endsWith("IllegalArgumentException").doesNotContain("complete");
			assertThat(signals.size()).isLessThanOrEqualTo(first ? 1 : 3);
		}
	}

	@Test
	void aStreamThatCannotBeOpenedIsNotCounted() {
		append("watched", JobState.RUNNING);
		GrantedStream body = StreamClient.body(this.feeds,
				StreamClient.request("no-such-format", () -> false, "watched"));
		assertThatIllegalArgumentException().isThrownBy(() -> body.open(DefaultDataBufferFactory.sharedInstance,
				StreamClient.open(this.feeds, this.loop, StreamClient.request("watched"))));
		assertThat(this.feeds.streams()).isEqualTo(1);
	}

	@Test
	void aLoopThatIsGoneLeavesNoFeedBehind() throws InterruptedException {
		append("watched", JobState.RUNNING);
		StreamClient client = StreamClient.open(this.feeds, this.loop, StreamClient.request("watched"));
		await().untilAsserted(() -> assertThat(client.writes()).isPositive());
		assertThat(this.feeds.feeds()).isEqualTo(1);

		this.loop.shutdownNow();

		await().untilAsserted(() -> assertThat(this.feeds.feeds()).isZero());
	}

	@Test
	void aSubscriberThatBlocksHoldsUpNoStream() {
		append("watched", JobState.RUNNING);
		CountDownLatch release = new CountDownLatch(1);
		try {
			for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
				this.feeds.events(JobId.of("watched"), null).subscribe((event) -> {
					try {
						release.await();
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
					}
				});
			}
			StreamClient client = StreamClient.open(this.feeds, this.loop, StreamClient.request("watched"));
			append("watched", JobState.DONE);
			await().untilAsserted(() -> assertThat(client.writesWith("event: done")).isEqualTo(1));
		}
		finally {
			release.countDown();
		}
	}

	private void append(String id, JobState state) {
		JobInfo job = new JobInfo(JobId.of(id), "test", null, null, NOW);
		ProgressEvent event = ProgressEvent.builder(job, state, NOW)
			.kind(state.isTerminal() ? EventKind.TERMINAL : EventKind.TICK)
			.build();
		long sequence = this.sequences.merge(id, 1L, Long::sum);
		this.store.append(new EventBatch(job, WRITER, sequence, List.of(event), AppendMode.CONTINUE))
			.block(Duration.ofSeconds(10));
	}

	private static final class BrokenFormat implements ProgressEventFormat {

		@Override
		public String name() {
			return "broken";
		}

		@Override
		public String eventName(ProgressEvent event) {
			return "progress";
		}

		@Override
		public Object data(ProgressEvent event) {
			throw new StackOverflowError("planned");
		}

	}

}
