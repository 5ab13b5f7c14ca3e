package io.progress.sse.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lettuce.core.ScriptOutputType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobInfo;
import io.progress.sse.webhook.WebhookNotifier;
import io.progress.sse.webhook.WebhookSettings;
import io.progress.sse.webhook.WebhookTargets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Ends that are told although nodes come and go.
 */
@Timeout(180)
class RedisWebhookTests {

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private static final WebhookSettings SETTINGS = new Binder(
			new MapConfigurationPropertySource(Map.of("webhooks.secrets", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
					"webhooks.schedule", "1m", "webhooks.concurrency", "8")))
		.bindOrCreate("webhooks", WebhookSettings.class);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final String prefix = "test/" + UUID.randomUUID();

	private final Queue<String> ids = new ConcurrentLinkedQueue<>();

	private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

	private final Deque<Node> nodes = new ArrayDeque<>();

	private HttpServer receiver;

	@BeforeEach
	void startReceiver() throws IOException {
		this.receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.receiver.createContext("/", this::receive);
		this.receiver.start();
	}

	private void receive(HttpExchange exchange) throws IOException {
		this.ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
		Integer answer = this.answers.poll();
		exchange.sendResponseHeaders((answer != null) ? answer : 204, -1);
		exchange.close();
	}

	@AfterEach
	void stop() {
		this.nodes.forEach(Node::close);
		this.receiver.stop(0);
	}

	@Test
	void aRestartKeepsDeliveriesThatWaitForAnotherAttempt() {
		this.answers.add(500);
		Node before = new Node();
		before.notifier.start();
		before.tracker.open(hooked()).done();
		await().atMost(PATIENCE).until(() -> before.notifier.stats().retried() == 1);
		before.close();
		passMoreThanAMinute();
		Node after = new Node();
		after.notifier.start();
		await().atMost(PATIENCE).until(() -> after.notifier.stats().delivered() == 1);
		assertThat(this.ids).hasSize(2);
		assertThat(List.copyOf(this.ids).get(0)).isEqualTo(List.copyOf(this.ids).get(1));
	}

	@Test
	void anotherNodeTellsTheEndOfAJobWhoseNodeDiedWithoutDoingSo() {
		Node dying = new Node(true);
		dying.tracker.open(hooked()).done();
		await().atMost(PATIENCE).until(() -> dying.queue.size().block(PATIENCE) == 1);
		dying.close();
		passMoreThanAMinute();
		Node other = new Node();
		other.notifier.start();
		await().atMost(PATIENCE).until(() -> other.notifier.stats().delivered() == 1);
		assertThat(this.ids).hasSize(1);
	}

	@Test
	void aJobThatRunsIsLookedAtAndLeftAlone() {
		Node node = new Node();
		var job = node.tracker.open(hooked());
		await().atMost(PATIENCE).until(() -> node.queue.size().block(PATIENCE) == 1);
		passMoreThanAMinute();
		node.notifier.start();
		await().atMost(PATIENCE).until(() -> node.notifier.stats().pending() == 1);
		assertThat(this.ids).isEmpty();
		job.done();
		await().atMost(PATIENCE).until(() -> node.notifier.stats().delivered() == 1);
	}

	@Test
	void severalNodesTellEachEndOnce() {
		Node first = new Node();
		Node second = new Node();
		first.notifier.start();
		second.notifier.start();
		for (int i = 0; i < 50; i++) {
			(((i % 2) == 0) ? first : second).tracker.open(hooked()).done();
		}
		await().atMost(PATIENCE)
			.until(() -> first.notifier.stats().delivered() + second.notifier.stats().delivered() == 50);
		await().atMost(PATIENCE).until(() -> first.queue.size().block(PATIENCE) == 0);
		assertThat(this.ids).hasSize(50).doesNotHaveDuplicates();
	}

	private JobSpec hooked() {
		return JobSpec.named("report")
			.withWebhook(URI.create("http://127.0.0.1:" + this.receiver.getAddress().getPort() + "/hook"));
	}

	private void passMoreThanAMinute() {
		String age = "for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do"
				+ " redis.call('ZINCRBY', KEYS[1], -70000, id) end return 1";
		redis.process()
			.call((commands) -> commands.eval(age, ScriptOutputType.INTEGER, this.prefix + ":{deliveries}:due"));
	}

	/** All that a process has of its own. */
	private final class Node implements AutoCloseable {

		final RedisProgressEventStore store = RedisProgressEventStore.builder(redis.connections())
			.keyPrefix(RedisWebhookTests.this.prefix)
			.build();

		final RedisDeliveryQueue queue = new RedisDeliveryQueue(redis.connections(), RedisWebhookTests.this.prefix, 100,
				Duration.ofHours(1));

		final WebhookNotifier notifier = new WebhookNotifier(this.store, this.queue, SETTINGS,
				new WebhookTargets(true, true), Clock.systemUTC());

		final ProgressTracker tracker;

		private boolean closed;

		Node() {
			this(false);
		}

		/**
		 * A node.
		 * @param deaf whether it dies before it can do anything about a job's end
		 */
		Node(boolean deaf) {
			JobListener onlyStarts = new JobListener() {
				@Override
				public void started(JobInfo job, JobSpec spec) {
					Node.this.notifier.started(job, spec);
				}
			};
			this.tracker = ProgressTrackerBuilder.forStore(this.store)
				.listener(deaf ? onlyStarts : this.notifier)
				.build();
			RedisWebhookTests.this.nodes.addFirst(this);
		}

		@Override
		public void close() {
			if (!this.closed) {
				this.closed = true;
				this.tracker.close();
				this.notifier.stop();
				this.notifier.close();
				this.queue.close();
				this.store.close();
			}
		}

	}

}
