package io.progress.sse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;

import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.test.JobIndexContract;

/**
 * The contract of lists of jobs, held against a real server.
 */
abstract class RedisJobIndexContract extends JobIndexContract {

	private final RedisExtension redis;

	private final List<RedisProgressEventStore> stores = new ArrayList<>();

	RedisJobIndexContract(RedisExtension redis) {
		this.redis = redis;
	}

	@AfterEach
	void closeStores() {
		this.stores.forEach(RedisProgressEventStore::close);
	}

	@Override
	protected ProgressEventStore createStore(int jobsPerOwner, Duration resultRetention) {
		RedisProgressEventStore store = RedisProgressEventStore.builder(this.redis.connections())
			.jobsPerOwner(jobsPerOwner)
			.eventRetention(resultRetention)
			.resultRetention(resultRetention)
			.build();
		this.stores.add(store);
		return store;
	}

	@Override
	protected void passTime(Duration duration) {
		TimeMachine.pass(this.redis.process(), duration);
	}

}
