package io.progress.sse.redis;

import org.junit.jupiter.api.extension.RegisterExtension;

class InstalledRedisStoreTests extends RedisStoreContract {

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.INSTALLED);

	InstalledRedisStoreTests() {
		super(redis);
	}

}
