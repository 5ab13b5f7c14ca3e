package io.progress.sse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.lettuce.core.ScriptOutputType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.webhook.DeliveryQueue;
import io.progress.sse.webhook.contract.DeliveryQueueContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract, held against a real server.
 */
class RedisDeliveryQueueTests extends DeliveryQueueContract {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String AGE = """
			for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
			  redis.call('ZINCRBY', KEYS[1], -ARGV[1], id)
			end
			return 1
			""";

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private final String prefix = "test/" + UUID.randomUUID();

	private final List<RedisDeliveryQueue> queues = new ArrayList<>();

	private int made;

	@AfterEach
	void closeQueues() {
		this.queues.forEach(RedisDeliveryQueue::close);
	}

	@Override
	protected DeliveryQueue createQueue(int capacity) {
		this.made++;
		return queue(capacity);
	}

	@Override
	protected void passTime(Duration duration) {
		redis.process()
			.call((commands) -> commands.eval(AGE, ScriptOutputType.INTEGER, new String[] { key("due") },
					Long.toString(duration.toMillis())));
	}

	@Test
	void sharesDeliveriesWithOtherNodesAndLaterOnes() {
		DeliveryQueue first = queue(10);
		first.put(delivery(), Duration.ZERO).block(TIMEOUT);
		this.queues.get(this.queues.size() - 1).close();
		DeliveryQueue second = queue(10);
		DeliveryQueue third = queue(10);
		assertThat(second.claim(10, TIMEOUT).block(TIMEOUT)).hasSize(1);
		assertThat(third.claim(10, TIMEOUT).block(TIMEOUT)).isEmpty();
	}

	@Test
	void throwsAwayWhatItCannotRead() {
		DeliveryQueue queue = queue(10);
		queue.put(delivery(), Duration.ZERO).block(TIMEOUT);
		redis.process().call((commands) -> {
			commands.hset(key("all"), "msg_bad", "not JSON");
			commands.hset(key("all"), "msg_worse", "{\"job\":\"#\",\"target\":\"a b\"}");
			return commands.zadd(key("due"), 0.0, "msg_bad", 0.0, "msg_worse", 0.0, "msg_without_delivery");
		});
		assertThat(queue.claim(10, TIMEOUT).block(TIMEOUT)).hasSize(1);
		assertThat(queue.size().block(TIMEOUT)).isOne();
		long due = redis.process().call((commands) -> commands.zcard(key("due")));
		assertThat(due).isOne();
	}

	@Test
	void expiresWhenNoNodeRuns() {
		DeliveryQueue queue = queue(10);
		queue.put(delivery(), Duration.ZERO).block(TIMEOUT);
		for (String key : new String[] { key("due"), key("all") }) {
			long ttl = redis.process().call((commands) -> commands.pttl(key));
			assertThat(ttl).isBetween(Duration.ofMinutes(59).toMillis(), Duration.ofHours(1).toMillis());
		}
	}

	@Test
	void leavesNothingBehindWhenItsKeysWereEvictedMeanwhile() {
		DeliveryQueue queue = queue(10);
		queue.put(delivery(), Duration.ZERO).block(TIMEOUT);
		DeliveryQueue.Claim claim = queue.claim(10, TIMEOUT).block(TIMEOUT).get(0);
		redis.process().call((commands) -> commands.del(key("all")));
		assertThat(queue.putBack(claim, claim.delivery(), Duration.ZERO).block(TIMEOUT)).isTrue();
		long ttl = redis.process().call((commands) -> commands.pttl(key("all")));
		assertThat(ttl).isBetween(Duration.ofMinutes(59).toMillis(), Duration.ofHours(1).toMillis());
	}

	private RedisDeliveryQueue queue(int capacity) {
		RedisDeliveryQueue queue = new RedisDeliveryQueue(redis.connections(), this.prefix + this.made, capacity,
				Duration.ofHours(1));
		this.queues.add(queue);
		return queue;
	}

	private String key(String name) {
		return this.prefix + this.made + ":{deliveries}:" + name;
	}

}
