package io.progress.sse.redis;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.lettuce.core.RedisCommandExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.JobQuery;
import io.progress.sse.ticket.Ticket;
import io.progress.sse.webhook.Delivery;
import io.progress.sse.webhook.DeliveryQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the documentation says that a user of Redis must be allowed is enough.
 */
class AclTests {

	private static final Path DOCUMENTATION = Path.of("..", "docs", "redis.md");

	@TempDir
	private Path folder;

	@Test
	void theRuleOfTheDocumentationIsEnough() throws IOException {
		Path rules = this.folder.resolve("users.acl");
		Files.write(rules, List.of("user default on nopass ~* &* +@all", rule()));
		RedisProcess redis = new RedisProcess(RedisExecutable.INSTALLED, "--aclfile", rules.toString());
		LettuceConnectionFactory connections = connections(redis);
		RedisProgressEventStore store = RedisProgressEventStore.builder(connections).build();
		try (FaultRun run = new FaultRun(3, store, store)) {
			store.requestCancel(run.jobIds().get(0)).block(FaultRun.PATIENCE);
			assertThat(run.violations()).isEmpty();
			assertThat(store.jobs(JobQuery.of(null, 10)).block(FaultRun.PATIENCE).jobs()).hasSize(3);
			assertThat(store.delete(run.jobIds().get(0)).block(FaultRun.PATIENCE)).isTrue();
			RedisTicketStore tickets = new RedisTicketStore(store);
			tickets.put("cafe", new Ticket("alice", List.of(), null), FaultRun.PATIENCE).block(FaultRun.PATIENCE);
			assertThat(tickets.find("cafe").blockOptional(FaultRun.PATIENCE)).isPresent();
			assertThat(tickets.take("cafe").blockOptional(FaultRun.PATIENCE)).isPresent();
			tickets.revokeAll("alice").block(FaultRun.PATIENCE);
			assertThat(store.status().failures().get("refused")).isZero();
			assertThat(store.status().lanesUp()).isEqualTo(1);
		}
		finally {
			store.close();
			connections.destroy();
			redis.close();
		}
	}

	/** The rule of the version before. */
	@Test
	void jobsGoOnWhereTheyMayNotBeListed() throws IOException {
		Path rules = this.folder.resolve("users.acl");
		String rule = rule().replaceAll(" [+]z[a-z]+", "");
		Files.write(rules, List.of("user default on nopass ~* &* +@all", rule));
		RedisProcess redis = new RedisProcess(RedisExecutable.INSTALLED, "--aclfile", rules.toString());
		LettuceConnectionFactory connections = connections(redis);
		RedisProgressEventStore store = RedisProgressEventStore.builder(connections).build();
		try (FaultRun run = new FaultRun(3, store, store)) {
			assertThat(run.violations()).isEmpty();
			assertThat(store.status().failures().get("refused")).isBetween(1L, 6L);
			assertThat(store.status().connected()).isTrue();
			assertThatExceptionOfType(RedisCommandExecutionException.class)
				.isThrownBy(() -> store.jobs(JobQuery.of(null, 10)).block(FaultRun.PATIENCE));
		}
		finally {
			store.close();
			connections.destroy();
			redis.close();
		}
	}

	@Test
	void theRuleOfTheDocumentationIsEnoughForWebhooks() throws IOException {
		Path rules = this.folder.resolve("users.acl");
		Files.write(rules, List.of("user default on nopass ~* &* +@all", rule() + " " + ruleOfWebhooks()));
		RedisProcess redis = new RedisProcess(RedisExecutable.INSTALLED, "--aclfile", rules.toString());
		LettuceConnectionFactory connections = connections(redis);
		try (RedisDeliveryQueue queue = new RedisDeliveryQueue(connections, "progress", 10, Duration.ofHours(1))) {
			JobInfo job = new JobInfo(JobId.of("42"), "acl", null, null, Instant.EPOCH);
			Delivery delivery = Delivery.of(job, URI.create("https://example.com"));
			assertThat(queue.put(delivery, Duration.ZERO).block(FaultRun.PATIENCE)).isTrue();
			DeliveryQueue.Claim claim = queue.claim(1, Duration.ofMinutes(1)).block(FaultRun.PATIENCE).get(0);
			assertThat(queue.putBack(claim, delivery, Duration.ZERO).block(FaultRun.PATIENCE)).isTrue();
			assertThat(queue.size().block(FaultRun.PATIENCE)).isOne();
			assertThat(queue.remove(delivery).block(FaultRun.PATIENCE)).isTrue();
		}
		finally {
			connections.destroy();
			redis.close();
		}
	}

	private static LettuceConnectionFactory connections(RedisProcess redis) {
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", redis.port());
		configuration.setUsername("progress");
		configuration.setPassword("secret");
		LettuceConnectionFactory connections = new LettuceConnectionFactory(configuration);
		connections.afterPropertiesSet();
		return connections;
	}

	private static String ruleOfWebhooks() throws IOException {
		String text = Files.readString(DOCUMENTATION);
		String rule = text.substring(text.indexOf("Webhooks need `") + "Webhooks need `".length());
		return rule.substring(0, rule.indexOf('`'));
	}

	private static String rule() throws IOException {
		String text = Files.readString(DOCUMENTATION);
		String rule = text.substring(text.indexOf("ACL SETUSER") + "ACL SETUSER".length());
		return "user" + rule.substring(0, rule.indexOf("```")).replaceAll("\\s+", " ");
	}

}
