package io.progress.sse.redis.connection;

/**
 * The address of a server.
 *
 * @param host its name or address
 * @param port its port
 */
public record RedisAddress(String host, int port) {

}
