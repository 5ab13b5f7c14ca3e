package io.progress.sse.redis;

import org.junit.jupiter.api.Tag;

@Tag("long")
class InstalledRedisFaultTests extends FaultContract {

	InstalledRedisFaultTests() {
		super(RedisExecutable.INSTALLED);
	}

}
