package io.progress.sse.redis;

class BundledRedisFaultTests extends FaultContract {

	BundledRedisFaultTests() {
		super(RedisExecutable.BUNDLED);
	}

}
