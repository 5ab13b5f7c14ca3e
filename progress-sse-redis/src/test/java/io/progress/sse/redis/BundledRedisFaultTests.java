package io.progress.sse.redis;

import org.junit.jupiter.api.Tag;

@Tag("long")
class BundledRedisFaultTests extends FaultContract {

	BundledRedisFaultTests() {
		super(RedisExecutable.BUNDLED);
	}

}
