package io.progress.sse.redis.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.Base16;
import reactor.core.publisher.Mono;

/**
 * A script, called by its digest and sent only to a server that does not have it. Not a
 * function of Redis: those must be loaded on each master, and some managed services
 * refuse them.
 */
public final class LuaScript {

	private final String text;

	private final String digest;

	private LuaScript(String text) {
		this.text = text;
		this.digest = Base16.digest(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Loads a script.
	 * @param owner a class in the package of the script
	 * @param name its name, without {@code .lua}
	 * @return the script
	 */
	public static LuaScript named(Class<?> owner, String name) {
		try (InputStream in = owner.getResourceAsStream(name + ".lua")) {
			if (in == null) {
				throw new IllegalStateException("Script '" + name + ".lua' is missing from the jar");
			}
			return new LuaScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns a variant of the script that Redis 7 and later run even if memory is full.
	 * @return a changed copy
	 */
	public LuaScript allowedOutOfMemory() {
		return new LuaScript("#!lua flags=allow-oom\n" + this.text);
	}

	public Mono<List<Object>> run(RedisLink link, byte[][] keys, byte[]... args) {
		return link.call((redis) -> redis.<List<Object>>evalsha(this.digest, ScriptOutputType.MULTI, keys, args))
			.onErrorResume(RedisNoScriptException.class, (ex) -> link.call((redis) -> eval(redis, keys, args)));
	}

	private RedisFuture<List<Object>> eval(RedisClusterAsyncCommands<byte[], byte[]> redis, byte[][] keys,
			byte[]... args) {
		return redis.eval(this.text.getBytes(StandardCharsets.UTF_8), ScriptOutputType.MULTI, keys, args);
	}

}
