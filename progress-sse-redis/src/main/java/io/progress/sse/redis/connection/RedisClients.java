package io.progress.sse.redis.connection;

import java.time.Duration;
import java.util.Optional;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Creates clients for the servers of the application's connection factory, with its
 * credentials, TLS settings and resources. They are separate clients, because options
 * belong to a client and these differ: no command waits for a connection, or longer than
 * {@link RedisLink#COMMAND_TIMEOUT}, and none is sent to a replica.
 */
final class RedisClients {

	private static final int REQUEST_QUEUE = 65_536;

	private final LettuceConnectionFactory application;

	/** Empty if each client is to have threads of its own. */
	private final Optional<BorrowedResources> resources;

	RedisClients(LettuceConnectionFactory application) {
		this.application = application;
		this.resources = application.getClientConfiguration().getClientResources().map(BorrowedResources::new);
	}

	void start() {
		this.resources.ifPresent(BorrowedResources::start);
	}

	/** Has all clients do nothing more by themselves, so that they can be closed. */
	void stop() {
		this.resources.ifPresent(BorrowedResources::stop);
	}

	boolean isCluster() {
		return this.application.isClusterAware();
	}

	/** Creates a client for commands, which reconnects by itself. */
	LettuceConnectionFactory forCommands() {
		return start(configuration(), true);
	}

	/**
	 * Creates a client for subscriptions. It does not reconnect, because the
	 * {@code SubscriptionManager} renews subscriptions.
	 */
	LettuceConnectionFactory forListening() {
		return start(configuration(), false);
	}

	/** Creates a client for subscriptions on one node of a cluster. */
	LettuceConnectionFactory forListening(RedisAddress node) {
		RedisStandaloneConfiguration standalone = new RedisStandaloneConfiguration(node.host(), node.port());
		RedisClusterConfiguration cluster = this.application.getClusterConfiguration();
		if (cluster != null) {
			standalone.setUsername(cluster.getUsername());
			standalone.setPassword(cluster.getPassword());
		}
		return start(standalone, false);
	}

	private RedisConfiguration configuration() {
		RedisConfiguration[] candidates = { this.application.getClusterConfiguration(),
				this.application.getSentinelConfiguration(), this.application.getSocketConfiguration() };
		for (RedisConfiguration each : candidates) {
			if (each != null) {
				return each;
			}
		}
		return this.application.getStandaloneConfiguration();
	}

	private LettuceConnectionFactory start(RedisConfiguration configuration, boolean reconnect) {
		LettuceClientConfiguration original = this.application.getClientConfiguration();
		boolean cluster = configuration instanceof RedisClusterConfiguration;
		LettuceConnectionFactory factory = new LettuceConnectionFactory(configuration, new ClientConfiguration(original,
				options(original.getClientOptions(), cluster, reconnect), this.resources));
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

	private static ClientOptions options(Optional<ClientOptions> original, boolean cluster, boolean reconnect) {
		ClientOptions options = original.orElseGet(ClientOptions::create);
		SocketOptions socket = options.getSocketOptions()
			.mutate()
			.connectTimeout(RedisLink.COMMAND_TIMEOUT)
			.keepAlive(true)
			.build();
		if (!cluster) {
			return common(options.mutate(), socket, reconnect).build();
		}
		ClusterClientOptions.Builder builder = (options instanceof ClusterClientOptions known) ? known.mutate()
				: ClusterClientOptions.builder(options);
		common(builder, socket, reconnect);
		return builder
			.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
				.adaptiveRefreshTriggersTimeout(Duration.ofMillis(500))
				.enablePeriodicRefresh(Duration.ofSeconds(15))
				.build())
			.build();
	}

	private static ClientOptions.Builder common(ClientOptions.Builder builder, SocketOptions socket,
			boolean reconnect) {
		return builder.autoReconnect(reconnect)
			.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.requestQueueSize(REQUEST_QUEUE)
			.socketOptions(socket)
			.timeoutOptions(TimeoutOptions.enabled(RedisLink.COMMAND_TIMEOUT));
	}

}
