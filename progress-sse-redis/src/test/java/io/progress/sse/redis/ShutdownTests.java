package io.progress.sse.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.event.JobId;
import io.progress.sse.redis.connection.RedisLink;
import io.progress.sse.store.EventPage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is still under way, or due later, when the connections to Redis are closed.
 */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@Test
	void leavesNoTimeoutOfARefusedConnectionBehind(CapturedOutput output) throws Exception {
		HeldTimer timer = new HeldTimer();
		ClientResources resources = DefaultClientResources.builder().timer(timer).build();
		LettuceConnectionFactory connections = connections(RedisProcess.freePort(), resources);
		RedisLink link = new RedisLink(connections);
		link.connection().onErrorComplete().block(PATIENCE);
		assertThat(timer.held()).isPositive();
		link.stop();
		timer.runAll();
		link.close();
		connections.destroy();
		assertThat(resources.shutdown().await(PATIENCE.toMillis())).isTrue();
		assertThat(output).doesNotContain("RejectedExecutionException", " ERROR ");
	}

	@Test
	void lastsUntilNoConnectionIsBeingMade(CapturedOutput output) throws Exception {
		SlowConnections slow = new SlowConnections();
		ClientResources resources = DefaultClientResources.builder().nettyCustomizer(slow).build();
		try (RedisProcess redis = new RedisProcess(RedisExecutable.BUNDLED)) {
			LettuceConnectionFactory connections = connections(redis.port(), resources);
			RedisProgressEventStore store = RedisProgressEventStore.builder(connections).build();
			store.listen(JobId.of("closing")).subscribe();
			assertThat(slow.begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			store.close();
			connections.destroy();
		}
		assertThat(resources.shutdown().await(PATIENCE.toMillis())).isTrue();
		assertThat(output).doesNotContain("RejectedExecutionException", " ERROR ");
	}

	@Test
	void failsTheCallsThatAreUnderWay() throws Exception {
		HeldTimer timer = new HeldTimer();
		ClientResources resources = DefaultClientResources.builder().timer(timer).build();
		try (RedisProcess redis = new RedisProcess(RedisExecutable.BUNDLED)) {
			LettuceConnectionFactory connections = connections(redis.port(), resources);
			RedisProgressEventStore store = RedisProgressEventStore.builder(connections).build();
			store.connect().block(PATIENCE);
			redis.hang();
			CompletableFuture<EventPage> read = store.read(JobId.of("unanswered"), null, 0).toFuture();
			store.close();
			assertThat(read).failsWithin(PATIENCE);
			connections.destroy();
		}
		assertThat(resources.shutdown().await(PATIENCE.toMillis())).isTrue();
	}

	private static LettuceConnectionFactory connections(int port, ClientResources resources) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", port),
				LettuceClientConfiguration.builder().clientResources(resources).build());
		factory.afterPropertiesSet();
		return factory;
	}

	/**
	 * The connection to listen, which is the second one, is slow: it is made when the
	 * threads for it have gone, or after a while.
	 */
	private static final class SlowConnections implements NettyCustomizer {

		private final AtomicInteger connections = new AtomicInteger();

		private final CountDownLatch begun = new CountDownLatch(1);

		@Override
		public void afterBootstrapInitialized(Bootstrap bootstrap) {
			if (this.connections.incrementAndGet() == 2) {
				this.begun.countDown();
				bootstrap.config().group().terminationFuture().awaitUninterruptibly(500);
			}
		}

	}

}
