package io.progress.sse.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.lettuce.core.KillArgs;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import io.progress.sse.event.JobId;
import io.progress.sse.store.StoreNotice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Very many watched jobs of which nothing is heard.
 */
class ManyChannelsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int CHANNELS = 10_000;

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private final AtomicInteger ready = new AtomicInteger();

	@Test
	void costOneConnectionAndHardlyACommandAndComeBackTogether() {
		try (RedisProgressEventStore store = RedisProgressEventStore.builder(redis.connections()).build()) {
			Disposable listening = Flux
				.merge(Flux.fromStream(IntStream.range(0, CHANNELS)
					.mapToObj((i) -> store.listen(JobId.of("quiet-" + i)).ofType(StoreNotice.Ready.class))), CHANNELS)
				.subscribe((notice) -> this.ready.incrementAndGet());
			awaitReady(CHANNELS);
			assertThat(listeningConnections()).isEqualTo(1);
			long before = commands();
			Flux.interval(Duration.ofSeconds(3)).blockFirst(PATIENCE);
			assertThat(commands() - before).as("commands in 3 s").isLessThan(30);
			redis.process().call((commands) -> commands.clientKill(KillArgs.Builder.typePubsub()));
			awaitReady(2 * CHANNELS);
			listening.dispose();
			Awaitility.await().atMost(PATIENCE).until(() -> store.status().channels() == 0);
		}
	}

	private void awaitReady(int count) {
		Awaitility.await().atMost(PATIENCE).until(() -> this.ready.get() >= count);
	}

	private static long listeningConnections() {
		return redis.process()
			.call((commands) -> commands.clientList())
			.lines()
			.filter((client) -> !client.contains(" sub=0 "))
			.count();
	}

	private static long commands() {
		return redis.process()
			.call((commands) -> commands.info("stats"))
			.lines()
			.filter((line) -> line.startsWith("total_commands_processed:"))
			.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
			.findFirst()
			.orElseThrow();
	}

}
