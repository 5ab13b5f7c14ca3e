package io.progress.sse.redis;

class InstalledRedisRefusalTests extends RefusalContract {

	InstalledRedisRefusalTests() {
		super(RedisExecutable.INSTALLED);
	}

}
