package io.progress.sse.redis;

import org.junit.jupiter.api.extension.RegisterExtension;

class BundledRedisJobIndexTests extends RedisJobIndexContract {

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	BundledRedisJobIndexTests() {
		super(redis);
	}

}
