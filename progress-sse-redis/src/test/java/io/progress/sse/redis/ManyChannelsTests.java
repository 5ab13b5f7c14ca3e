package io.progress.sse.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

	/** Longer than a lane may be silent. */
	private static final Duration QUIET = Duration.ofSeconds(5);

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
			redis.process().call((commands) -> commands.configResetstat());
			Flux.interval(QUIET).blockFirst(PATIENCE);
			assertThat(store.status().lanesLost()).isZero();
			assertThat(statistics()).doesNotContain("eval", "xrange", "hmget", "subscribe");
			assertThat(calls("publish")).as("probes").isLessThanOrEqualTo(QUIET.toSeconds());
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

	private static long calls(String command) {
		Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(statistics());
		return calls.find() ? Long.parseLong(calls.group(1)) : 0;
	}

	private static String statistics() {
		return redis.process().call((commands) -> commands.info("commandstats"));
	}

}
