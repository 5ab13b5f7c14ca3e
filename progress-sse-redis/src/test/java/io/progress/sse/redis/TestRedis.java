package io.progress.sse.redis;

/**
 * A Redis for tests of other packages.
 */
public final class TestRedis implements AutoCloseable {

	private final RedisProcess process = new RedisProcess(RedisExecutable.BUNDLED);

	public int port() {
		return this.process.port();
	}

	/** Everything is gone, at once. */
	public void wipe() {
		this.process.call((redis) -> redis.flushall());
	}

	@Override
	public void close() {
		this.process.close();
	}

}
