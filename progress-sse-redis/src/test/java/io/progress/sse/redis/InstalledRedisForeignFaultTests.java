package io.progress.sse.redis;

class InstalledRedisForeignFaultTests extends ForeignFaultContract {

	InstalledRedisForeignFaultTests() {
		super(RedisExecutable.INSTALLED);
	}

}
