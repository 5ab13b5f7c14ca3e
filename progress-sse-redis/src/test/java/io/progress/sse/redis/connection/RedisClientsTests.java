package io.progress.sse.redis.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the application said about its connections holds for ours, too.
 */
class RedisClientsTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class));

	@Test
	void haveTheApplicationsServerAndPassword() {
		this.application
			.withPropertyValues("spring.data.redis.host=127.0.0.2", "spring.data.redis.port=7",
					"spring.data.redis.database=3", "spring.data.redis.password=pw")
			.run((context) -> {
				LettuceConnectionFactory own = own(context.getBean(LettuceConnectionFactory.class));
				assertThat(own.getHostName()).isEqualTo("127.0.0.2");
				assertThat(own.getPort()).isEqualTo(7);
				assertThat(own.getDatabase()).isEqualTo(3);
				assertThat(own.getPassword()).isEqualTo("pw");
			});
	}

	@Test
	void haveTheApplicationsSentinels() {
		this.application.withPropertyValues("spring.data.redis.sentinel.master=main",
				"spring.data.redis.sentinel.nodes=127.0.0.1:7,127.0.0.1:8", "spring.data.redis.sentinel.password=watch")
			.run((context) -> assertThat(
					own(context.getBean(LettuceConnectionFactory.class)).getSentinelConfiguration())
				.satisfies((sentinels) -> {
					assertThat(sentinels.getMaster().getName()).isEqualTo("main");
					assertThat(sentinels.getSentinels()).containsExactlyInAnyOrder(new RedisNode("127.0.0.1", 7),
							new RedisNode("127.0.0.1", 8));
					assertThat(sentinels.getSentinelPassword()).isEqualTo(RedisPassword.of("watch"));
				}));
	}

	@Test
	void haveTheApplicationsTlsOptionsNameAndThreads() {
		this.application.withPropertyValues("spring.data.redis.ssl.enabled=true", "spring.data.redis.client-name=shop")
			.withBean(LettuceClientConfigurationBuilderCustomizer.class,
					() -> (builder) -> builder.useSsl().disablePeerVerification())
			.withBean(LettuceClientOptionsBuilderCustomizer.class,
					() -> (options) -> options.protocolVersion(ProtocolVersion.RESP2))
			.run((context) -> {
				LettuceClientConfiguration own = own(context.getBean(LettuceConnectionFactory.class))
					.getClientConfiguration();
				assertThat(own.isUseSsl()).isTrue();
				assertThat(own.getVerifyMode()).isEqualTo(SslVerifyMode.NONE);
				assertThat(own.getClientName()).contains("shop");
				assertThat(own.getClientOptions().map(ClientOptions::getConfiguredProtocolVersion))
					.contains(ProtocolVersion.RESP2);
				assertThat(own.getClientResources().map(ClientResources::eventLoopGroupProvider))
					.contains(context.getBean(ClientResources.class).eventLoopGroupProvider());
			});
	}

	@Test
	void neverWaitForAConnectionOrForLong() {
		this.application.withPropertyValues("spring.data.redis.timeout=1h", "spring.data.redis.connect-timeout=1h")
			.run((context) -> {
				ClientOptions options = own(context.getBean(LettuceConnectionFactory.class)).getClientConfiguration()
					.getClientOptions()
					.orElseThrow();
				assertThat(options.getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.REJECT_COMMANDS);
				assertThat(options.getTimeoutOptions().isTimeoutCommands()).isTrue();
				assertThat(options.getSocketOptions().getConnectTimeout()).isEqualTo(RedisLink.COMMAND_TIMEOUT);
			});
	}

	private static LettuceConnectionFactory own(LettuceConnectionFactory application) {
		LettuceConnectionFactory own = new RedisClients(application).forCommands();
		own.destroy();
		return own;
	}

}
