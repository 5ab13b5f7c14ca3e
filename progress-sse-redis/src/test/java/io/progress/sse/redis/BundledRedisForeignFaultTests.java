package io.progress.sse.redis;

class BundledRedisForeignFaultTests extends ForeignFaultContract {

	BundledRedisForeignFaultTests() {
		super(RedisExecutable.BUNDLED);
	}

}
