package io.progress.sse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;

import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.test.ProgressEventStoreContract;

/**
 * The contract, held against a real server.
 */
abstract class RedisStoreContract extends ProgressEventStoreContract {

	private final RedisExtension redis;

	private final List<RedisProgressEventStore> stores = new ArrayList<>();

	RedisStoreContract(RedisExtension redis) {
		this.redis = redis;
	}

	@AfterEach
	void closeStores() {
		this.stores.forEach(RedisProgressEventStore::close);
	}

	@Override
	protected ProgressEventStore createStore(int eventsPerJob, Duration eventRetention, Duration resultRetention) {
		RedisProgressEventStore store = RedisProgressEventStore.builder(this.redis.connections())
			.eventsPerJob(eventsPerJob)
			.eventRetention(eventRetention)
			.resultRetention(resultRetention)
			.build();
		this.stores.add(store);
		return store;
	}

	@Override
	protected void passTime(Duration duration) {
		TimeMachine.pass(this.redis.process(), duration);
	}

	@Override
	protected boolean setClockBack(Duration duration) {
		TimeMachine.setClockBack(this.redis.process(), duration);
		return true;
	}

}
