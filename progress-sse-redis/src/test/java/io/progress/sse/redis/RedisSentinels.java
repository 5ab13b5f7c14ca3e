package io.progress.sse.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.lettuce.core.sentinel.api.sync.RedisSentinelCommands;
import org.awaitility.Awaitility;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A master, its replica, and three sentinels that are quick to replace the one by the
 * other.
 */
final class RedisSentinels implements AutoCloseable {

	/** A sentinel that gets no CPU for a while does nothing for the next 30 s. */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int SENTINELS = 3;

	private static final String NAME = "main";

	private final RedisProcess master;

	private final RedisProcess replica;

	private final List<RedisProcess> sentinels;

	RedisSentinels(RedisExecutable executable) {
		this.master = new RedisProcess(executable, "--repl-diskless-sync-delay", "0");
		this.replica = new RedisProcess(executable, "--replicaof", "127.0.0.1", Integer.toString(this.master.port()));
		awaitState(this.replica, "master_link_status:up");
		List<String> configuration = List.of("sentinel monitor " + NAME + " 127.0.0.1 " + this.master.port() + " 2",
				"sentinel down-after-milliseconds " + NAME + " 1000", "sentinel failover-timeout " + NAME + " 5000");
		this.sentinels = Stream.generate(() -> RedisProcess.sentinel(executable, configuration))
			.limit(SENTINELS)
			.toList();
		awaitSentinels("num-slaves", 1);
		awaitSentinels("num-other-sentinels", SENTINELS - 1);
	}

	RedisProcess master() {
		return this.master;
	}

	RedisProcess replica() {
		return this.replica;
	}

	/** Waits until the replica is the master, and all sentinels say so. */
	void awaitFailover() {
		awaitState(this.replica, "role:master");
		awaitSentinels("port", this.replica.port());
	}

	private void awaitState(RedisProcess server, String wanted) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> server.call((redis) -> redis.info("replication")).contains(wanted));
	}

	private void awaitSentinels(String key, int wanted) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.sentinels.stream()
				.allMatch((each) -> Integer.toString(wanted).equals(masterOf(each).get(key))));
	}

	LettuceConnectionFactory connectionFactory() {
		RedisSentinelConfiguration configuration = new RedisSentinelConfiguration().master(NAME);
		this.sentinels.forEach((each) -> configuration.sentinel("127.0.0.1", each.port()));
		LettuceConnectionFactory factory = new LettuceConnectionFactory(configuration);
		factory.afterPropertiesSet();
		return factory;
	}

	@Override
	public void close() {
		this.sentinels.forEach(RedisProcess::close);
		this.replica.close();
		this.master.close();
	}

	private static Map<String, String> masterOf(RedisProcess sentinel) {
		RedisClient client = RedisClient.create();
		try (StatefulRedisSentinelConnection<String, String> connection = client
			.connectSentinel(RedisURI.Builder.sentinel("127.0.0.1", sentinel.port(), NAME).build())) {
			RedisSentinelCommands<String, String> sync = connection.sync();
			return sync.master(NAME);
		}
		finally {
			client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
		}
	}

}
