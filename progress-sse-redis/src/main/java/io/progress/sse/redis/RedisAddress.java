package io.progress.sse.redis;

/**
 * Where a server listens.
 *
 * @param host its name or address
 * @param port its port
 */
record RedisAddress(String host, int port) {

}
