package io.progress.sse.redis;

import org.junit.jupiter.api.extension.RegisterExtension;

class BundledRedisStoreTests extends RedisStoreContract {

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	BundledRedisStoreTests() {
		super(redis);
	}

}
