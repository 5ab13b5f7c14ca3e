package io.progress.sse.redis;

class BundledRedisRefusalTests extends RefusalContract {

	BundledRedisRefusalTests() {
		super(RedisExecutable.BUNDLED);
	}

}
