package io.progress.sse.redis;

class InstalledRedisFaultTests extends FaultContract {

	InstalledRedisFaultTests() {
		super(RedisExecutable.INSTALLED);
	}

}
