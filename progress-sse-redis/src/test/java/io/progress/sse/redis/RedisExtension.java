package io.progress.sse.redis;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * One server for all tests of a class.
 */
final class RedisExtension implements BeforeAllCallback, AfterAllCallback {

	private final RedisExecutable executable;

	private RedisProcess process;

	private LettuceConnectionFactory connections;

	RedisExtension(RedisExecutable executable) {
		this.executable = executable;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		this.process = new RedisProcess(this.executable);
		this.connections = this.process.connectionFactory();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.process != null) {
			this.connections.destroy();
			this.process.close();
		}
	}

	RedisProcess process() {
		return this.process;
	}

	LettuceConnectionFactory connections() {
		return this.connections;
	}

}
