package io.progress.sse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.test.ProgressEventStoreContract;

/**
 * The contract, held against a cluster whose messages go to all nodes: Redis 6.2.
 */
@Tag("long")
class ClusterStoreTests extends ProgressEventStoreContract {

	private static RedisCluster cluster;

	private static LettuceConnectionFactory connections;

	private final List<RedisProgressEventStore> stores = new ArrayList<>();

	@BeforeAll
	static void start() {
		cluster = new RedisCluster(RedisExecutable.BUNDLED, false);
		connections = cluster.connectionFactory();
	}

	@AfterEach
	void closeStores() {
		this.stores.forEach(RedisProgressEventStore::close);
	}

	@AfterAll
	static void stop() {
		connections.destroy();
		cluster.close();
	}

	@Override
	protected ProgressEventStore createStore(int eventsPerJob, Duration eventRetention, Duration resultRetention) {
		RedisProgressEventStore store = RedisProgressEventStore.builder(connections)
			.eventsPerJob(eventsPerJob)
			.eventRetention(eventRetention)
			.resultRetention(resultRetention)
			.build();
		this.stores.add(store);
		return store;
	}

	@Override
	protected void passTime(Duration duration) {
		cluster.masters().forEach((master) -> TimeMachine.pass(master, duration));
	}

}
