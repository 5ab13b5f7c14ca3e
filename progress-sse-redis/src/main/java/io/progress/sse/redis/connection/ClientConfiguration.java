package io.progress.sse.redis.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.resource.ClientResources;

import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

/**
 * The application's client configuration with other options and resources.
 */
final class ClientConfiguration implements LettuceClientConfiguration {

	private final LettuceClientConfiguration original;

	private final ClientOptions options;

	private final Optional<BorrowedResources> resources;

	ClientConfiguration(LettuceClientConfiguration original, ClientOptions options,
			Optional<BorrowedResources> resources) {
		this.original = original;
		this.options = options;
		this.resources = resources;
	}

	@Override
	public boolean isUseSsl() {
		return this.original.isUseSsl();
	}

	@Override
	@Deprecated
	public boolean isVerifyPeer() {
		return this.original.isVerifyPeer();
	}

	@Override
	public SslVerifyMode getVerifyMode() {
		return this.original.getVerifyMode();
	}

	@Override
	public boolean isStartTls() {
		return this.original.isStartTls();
	}

	@Override
	public Optional<ClientResources> getClientResources() {
		return this.resources.map(Function.identity());
	}

	@Override
	public Optional<ClientOptions> getClientOptions() {
		return Optional.of(this.options);
	}

	@Override
	public Optional<String> getClientName() {
		return this.original.getClientName();
	}

	@Override
	public Optional<ReadFrom> getReadFrom() {
		return Optional.empty();
	}

	@Override
	public Optional<RedisCredentialsProviderFactory> getRedisCredentialsProviderFactory() {
		return this.original.getRedisCredentialsProviderFactory();
	}

	@Override
	public Duration getCommandTimeout() {
		return RedisLink.COMMAND_TIMEOUT;
	}

	@Override
	public Duration getShutdownTimeout() {
		return this.original.getShutdownTimeout();
	}

	@Override
	public Duration getShutdownQuietPeriod() {
		return Duration.ZERO;
	}

}
