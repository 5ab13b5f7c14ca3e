package io.progress.sse.redis.connection;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * An open connection for commands, with the abilities of its server.
 */
public final class RedisConnection {

	private static final Logger logger = LoggerFactory.getLogger(RedisConnection.class);

	private final StatefulConnection<byte[], byte[]> connection;

	private final RedisClusterAsyncCommands<byte[], byte[]> commands;

	private final @Nullable RedisClusterClient cluster;

	private final boolean sharded;

	private final AtomicBoolean givenUp = new AtomicBoolean();

	private RedisConnection(StatefulConnection<byte[], byte[]> connection,
			RedisClusterAsyncCommands<byte[], byte[]> commands, @Nullable RedisClusterClient cluster) throws Exception {
		this.connection = connection;
		this.commands = commands;
		this.cluster = cluster;
		requireVersion(commands);
		this.sharded = cluster != null && knowsShardedChannels(commands);
		warnOfEviction(commands);
	}

	/** Opens the connection. Blocks. */
	static RedisConnection open(LettuceConnectionFactory factory) throws Exception {
		AbstractRedisClient client = factory.getRequiredNativeClient();
		if (client instanceof RedisClusterClient cluster) {
			StatefulRedisClusterConnection<byte[], byte[]> connection = cluster.connect(ByteArrayCodec.INSTANCE);
			return opened(connection, connection.async(), cluster);
		}
		StatefulRedisConnection<byte[], byte[]> connection = ((RedisClient) client).connect(ByteArrayCodec.INSTANCE);
		return opened(connection, connection.async(), null);
	}

	private static RedisConnection opened(StatefulConnection<byte[], byte[]> connection,
			RedisClusterAsyncCommands<byte[], byte[]> commands, @Nullable RedisClusterClient cluster) throws Exception {
		try {
			return new RedisConnection(connection, commands, cluster);
		}
		catch (Exception ex) {
			var ignored = connection.closeAsync();
			throw ex;
		}
	}

	RedisClusterAsyncCommands<byte[], byte[]> commands() {
		return this.commands;
	}

	/** Returns the client if it is that of a cluster. */
	public @Nullable RedisClusterClient cluster() {
		return this.cluster;
	}

	/** Whether messages stay within the shard of their channel. */
	public boolean isSharded() {
		return this.sharded;
	}

	boolean isGivenUp() {
		return this.givenUp.get();
	}

	/**
	 * Does the same as {@link #giveUp}, but leaves closing to the client, which would log
	 * a second close.
	 */
	void leaveToClient() {
		this.givenUp.set(true);
	}

	void giveUp() {
		if (this.givenUp.compareAndSet(false, true)) {
			var ignored = this.connection.closeAsync();
		}
	}

	private static void requireVersion(RedisClusterAsyncCommands<byte[], byte[]> commands) throws Exception {
		String version = await(commands.info("server"), "").lines()
			.filter((line) -> line.startsWith("redis_version:"))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse("");
		if (RedisVersion.isTooOld(version)) {
			throw new IllegalStateException(
					"Redis must be of version " + RedisVersion.OLDEST + " or later, but is of version " + version);
		}
	}

	private static boolean knowsShardedChannels(RedisClusterAsyncCommands<byte[], byte[]> commands) throws Exception {
		List<Object> info = await(commands.commandInfo("ssubscribe"), List.of());
		return !info.isEmpty() && info.get(0) instanceof List<?> known && !known.isEmpty();
	}

	private static void warnOfEviction(RedisClusterAsyncCommands<byte[], byte[]> commands) throws Exception {
		String policy = await(commands.info("memory"), "").lines()
			.filter((line) -> line.startsWith("maxmemory_policy:"))
			.findFirst()
			.orElse("");
		if (policy.contains("allkeys")) {
			logger.warn("Redis may evict the events of running jobs, because its 'maxmemory-policy' is '{}'; "
					+ "use 'noeviction' or 'volatile-ttl'", policy.substring(policy.indexOf(':') + 1).strip());
		}
	}

	/**
	 * Returns the answer to a command, or the given one if the server refuses the
	 * command, for instance because ACLs forbid it. Fails if the server is not ready yet.
	 */
	private static <T> T await(RedisFuture<T> future, T ifRefused) throws Exception {
		try {
			return future.get(RedisLink.COMMAND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RedisCommandExecutionException refusal
					&& RedisFailure.of(refusal) != RedisFailure.NOT_READY) {
				return ifRefused;
			}
			throw ex;
		}
	}

}
