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

	/** How many connections there are. */
	public long connections() {
		return this.process.call((redis) -> redis.clientList()).lines().count() - 1;
	}

	/** Connections break, and no new one is taken. */
	public void kill() {
		this.process.kill();
	}

	/** Connections stay open and nothing is answered. */
	public void hang() {
		this.process.hang();
	}

	public void resume() {
		this.process.resume();
	}

	@Override
	public void close() {
		this.process.close();
	}

}
