package io.progress.sse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.redis.connection.LuaScript;
import io.progress.sse.redis.connection.RedisLink;
import io.progress.sse.support.SettingRule;
import io.progress.sse.webhook.Delivery;
import io.progress.sse.webhook.DeliveryQueue;

/**
 * Keeps deliveries in Redis 6.2 or later, or Valkey, for all nodes that use the same
 * Redis and prefix. Deliveries survive a restart.
 *
 * <p>
 * With the prefix {@code progress} there are a sorted set and a hash:
 *
 * <pre class="code">
 * ZADD    progress:{deliveries}:due   1763654400123 msg_42_1763654400000      when it is due, or its claim is over
 * HSET    progress:{deliveries}:all   msg_42_1763654400000 {"job":"42",…}
 * PEXPIRE progress:{deliveries}:…     7 days, renewed by each claim
 * </pre>
 *
 * Each call is one script and one round trip; all times are those of Redis.
 *
 * <p>
 * Redis may lose deliveries that it has acknowledged, in a crash or a failover. The
 * delivery of a job that still runs is put again when the job ends; one that waits for
 * another attempt is lost.
 */
final class RedisDeliveryQueue implements DeliveryQueue, AutoCloseable {

	private static final LuaScript PUT = LuaScript.named(RedisDeliveryQueue.class, "delivery-put");

	private static final LuaScript CLAIM = LuaScript.named(RedisDeliveryQueue.class, "delivery-claim");

	private static final LuaScript PUT_BACK = LuaScript.named(RedisDeliveryQueue.class, "delivery-put-back");

	private static final LuaScript REMOVE = LuaScript.named(RedisDeliveryQueue.class, "delivery-remove");

	private final RedisLink link;

	private final byte[][] keys;

	private final int capacity;

	private final Duration retention;

	private boolean running = true;

	private boolean closed;

	/**
	 * Creates a queue with its own connection, which is opened at the first use.
	 * @param connections connects to Redis; must not be closed before the queue
	 * @param keyPrefix the beginning of all keys: 1 to 64 characters of
	 * {@code [A-Za-z0-9_.:/-]}
	 * @param capacity how many deliveries it holds at most, for all nodes; at least 1
	 * @param retention how long deliveries are kept while no node runs; at least 1 s
	 * @throws IllegalArgumentException if a setting is out of its range
	 */
	public RedisDeliveryQueue(LettuceConnectionFactory connections, String keyPrefix, int capacity,
			Duration retention) {
		StoreSettings.checkKeyPrefix("keyPrefix", keyPrefix);
		this.capacity = SettingRule.isAtLeast("capacity", capacity, 1);
		this.retention = SettingRule.isAtLeast("retention", retention, Duration.ofSeconds(1));
		this.link = new RedisLink(connections);
		String common = keyPrefix + ":{deliveries}:";
		this.keys = new byte[][] { JobKeys.bytes(common + "due"), JobKeys.bytes(common + "all") };
	}

	@Override
	public Mono<Boolean> put(Delivery delivery, Duration delay) {
		return PUT
			.run(this.link, this.keys, JobKeys.bytes(delivery.id()), DeliveryDocument.write(delivery), millis(delay),
					number(this.capacity), millis(this.retention))
			.map(RedisDeliveryQueue::isOne);
	}

	@Override
	public Mono<List<Claim>> claim(int limit, Duration hold) {
		return CLAIM.run(this.link, this.keys, number(limit), millis(hold), millis(this.retention))
			.flatMap(this::claims);
	}

	@Override
	public Mono<Boolean> putBack(Claim claim, Delivery delivery, Duration delay) {
		return PUT_BACK
			.run(this.link, this.keys, JobKeys.bytes(delivery.id()), DeliveryDocument.write(delivery), millis(delay),
					number(claim.until()), millis(this.retention))
			.map(RedisDeliveryQueue::isOne);
	}

	@Override
	public Mono<Boolean> remove(Delivery delivery) {
		return REMOVE.run(this.link, this.keys, JobKeys.bytes(delivery.id())).map(RedisDeliveryQueue::isOne);
	}

	@Override
	public Mono<Long> size() {
		return this.link.call((redis) -> redis.hlen(this.keys[1]));
	}

	/**
	 * Allows connections again after {@link #stop}. Does nothing if the queue was not
	 * stopped, or is closed.
	 */
	public synchronized void start() {
		if (!this.running && !this.closed) {
			this.running = true;
			this.link.start();
		}
	}

	/**
	 * Closes the connection until it is started again, as for a checkpoint of the
	 * process. Meanwhile all calls fail, including the current ones. Waits at most some
	 * seconds for a connection that is being opened.
	 */
	public synchronized void stop() {
		if (this.running) {
			this.running = false;
			this.link.stop();
		}
	}

	/**
	 * Closes the connection for good; otherwise like {@link #stop}.
	 */
	@Override
	public synchronized void close() {
		stop();
		this.closed = true;
		this.link.close();
	}

	/**
	 * Removes deliveries that cannot be read: otherwise they would be claimed again and
	 * again.
	 */
	private Mono<List<Claim>> claims(List<Object> answer) {
		long until = Long.parseLong(JobKeys.text((byte[]) answer.get(0)));
		List<Claim> claims = new ArrayList<>();
		List<Mono<?>> removals = new ArrayList<>();
		for (int i = 1; i < answer.size(); i += 2) {
			byte[] id = (byte[]) answer.get(i);
			DeliveryDocument.read((byte[]) answer.get(i + 1))
				.ifPresentOrElse((delivery) -> claims.add(new Claim(delivery, until)),
						() -> removals.add(REMOVE.run(this.link, this.keys, id)));
		}
		return Mono.when(removals).onErrorComplete().thenReturn(claims);
	}

	private static boolean isOne(List<Object> answer) {
		return Long.valueOf(1).equals(answer.get(0));
	}

	private static byte[] millis(Duration duration) {
		return number(duration.toMillis());
	}

	private static byte[] number(long number) {
		return JobKeys.bytes(Long.toString(number));
	}

}
