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
import io.progress.sse.test.JobIndexContract;

/**
 * The contract of lists of jobs, held against a cluster, where a list and its jobs are on
 * different nodes and messages stay within their shard.
 */
@Tag("long")
class ClusterJobIndexTests extends JobIndexContract {

	private static RedisCluster cluster;

	private static LettuceConnectionFactory connections;

	private final List<RedisProgressEventStore> stores = new ArrayList<>();

	@BeforeAll
	static void start() {
		cluster = new RedisCluster(RedisExecutable.INSTALLED, false);
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
	protected ProgressEventStore createStore(int jobsPerOwner, Duration resultRetention) {
		RedisProgressEventStore store = RedisProgressEventStore.builder(connections)
			.jobsPerOwner(jobsPerOwner)
			.eventRetention(resultRetention)
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
