package io.progress.sse.redis;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.store.StoreNotice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Viewers that come and go.
 */
class LeftChannelsTests {

	private static final int CHANNELS = 4_000;

	private static final int AT_A_TIME = 16;

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private final Random random = new Random(14);

	@Test
	void staySubscribedToNothingHoweverQuicklyTheyComeAndGo() {
		try (RedisProgressEventStore store = RedisProgressEventStore.builder(redis.connections()).build()) {
			store.connect().block(FaultRun.PATIENCE);
			Disposable stayer = store.listen(JobId.of("stayer")).subscribe();
			Flux.range(0, CHANNELS)
				.flatMap((i) -> visit(store, JobId.of("left-" + i)), AT_A_TIME)
				.blockLast(FaultRun.PATIENCE);
			Awaitility.await().atMost(FaultRun.PATIENCE).until(() -> store.status().channels() == 1);
			Awaitility.await()
				.atMost(Duration.ofSeconds(5))
				.untilAsserted(() -> assertThat(subscribed()).as("channels still subscribed to").isEmpty());
			stayer.dispose();
		}
	}

	private Flux<StoreNotice> visit(RedisProgressEventStore store, JobId job) {
		return store.listen(job)
			.take(micros(2_000))
			.thenMany(Mono.delay(micros(600)))
			.thenMany(store.listen(job).take(micros(2_000)));
	}

	private Duration micros(int atMost) {
		return Duration.ofNanos(this.random.nextInt(atMost) * 1_000L);
	}

	private static List<String> subscribed() {
		return redis.process().call((commands) -> commands.pubsubChannels("progress:{left-*"));
	}

}
