package io.progress.sse.redis;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("long")
class InstalledRedisJobIndexTests extends RedisJobIndexContract {

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.INSTALLED);

	InstalledRedisJobIndexTests() {
		super(redis);
	}

}
