package io.progress.sse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.test.TicketStoreContract;
import io.progress.sse.ticket.Ticket;
import io.progress.sse.ticket.TicketStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The contract, held by two nodes against a real server.
 */
class RedisTicketStoreTests extends TicketStoreContract {

	private static final Duration TTL = Duration.ofMinutes(1);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private final String prefix = "test/" + UUID.randomUUID();

	private final List<RedisProgressEventStore> nodes = new ArrayList<>();

	@AfterEach
	void closeNodes() {
		this.nodes.forEach(RedisProgressEventStore::close);
	}

	@Override
	protected TicketStore createStore() {
		RedisProgressEventStore node = RedisProgressEventStore.builder(redis.connections())
			.keyPrefix(this.prefix)
			.build();
		this.nodes.add(node);
		return new RedisTicketStore(node);
	}

	@Override
	protected TicketStore elsewhere(TicketStore store) {
		return createStore();
	}

	@Override
	protected void passTime(Duration duration) {
		TimeMachine.pass(redis.process(), duration);
	}

	@Test
	void refusesWhatItCannotReadAndThrowsItAway() {
		TicketStore store = createStore();
		for (String garbage : List.of("", "not JSON", "null", "[]", "{}", "{\"owner\":\"alice\"}",
				"{\"owner\":\"alice\",\"authorities\":[null],\"left\":\"\"}",
				"{\"owner\":[\"alice\"],\"authorities\":[],\"left\":\"\"}",
				"{\"owner\":\"alice\",\"authorities\":[],\"expiresAt\":\"soon\",\"left\":\"\"}",
				"{\"owner\":\"" + "a".repeat(70_000) + "\",\"authorities\":[],\"left\":\"\"}")) {
			redis.process().call((commands) -> commands.set(key("garbage"), garbage));
			assertThat(store.find("garbage").blockOptional(PATIENCE)).as(garbage).isEmpty();
			assertThat(store.take("garbage").blockOptional(PATIENCE)).as(garbage).isEmpty();
			long left = redis.process().call((commands) -> commands.exists(key("garbage")));
			assertThat(left).isZero();
		}
	}

	@Test
	void leavesNothingBehind() {
		TicketStore store = createStore();
		store.put("cafe", ticket("alice"), TTL).block(PATIENCE);
		store.revokeAll("alice").block(PATIENCE);
		List<String> keys = redis.process().call((commands) -> commands.keys(this.prefix + ":*"));
		assertThat(keys).hasSize(2).noneMatch((key) -> key.contains("alice"));
		for (String key : keys) {
			long ttl = redis.process().call((commands) -> commands.pttl(key));
			assertThat(ttl).as(key).isBetween(1L, TicketStore.MAX_TTL.plusSeconds(10).toMillis());
		}
	}

	@Test
	void refusesAnOwnerWhoMayDoTooMuch() {
		TicketStore store = createStore();
		Ticket huge = new Ticket("alice", Collections.nCopies(10_000, "ROLE_USER"), null);
		assertThatIllegalArgumentException().isThrownBy(() -> store.put("cafe", huge, TTL).block(PATIENCE))
			.withMessageStartingWith("'owner' and 'authorities' must take at most 65536 bytes");
	}

	@Test
	void failsWhileRedisIsAway() {
		try (RedisProcess away = new RedisProcess(RedisExecutable.BUNDLED)) {
			var connections = away.connectionFactory();
			RedisProgressEventStore node = RedisProgressEventStore.builder(connections).build();
			this.nodes.add(node);
			TicketStore store = new RedisTicketStore(node);
			store.put("cafe", ticket("alice"), TTL).block(PATIENCE);
			away.kill();
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> store.take("cafe").block(PATIENCE));
			assertThatExceptionOfType(Exception.class)
				.isThrownBy(() -> store.put("cafe", ticket("alice"), TTL).block(PATIENCE));
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> store.revokeAll("alice").block(PATIENCE));
			connections.destroy();
		}
	}

	private String key(String name) {
		return this.prefix + ":{" + name + "}:ticket";
	}

	private static Ticket ticket(String owner) {
		return new Ticket(owner, List.of("ROLE_USER"), null);
	}

}
