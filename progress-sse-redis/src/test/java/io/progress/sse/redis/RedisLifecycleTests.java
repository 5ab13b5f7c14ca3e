package io.progress.sse.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.autoconfigure.ProgressAutoConfiguration;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.webhook.ProgressWebhookAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that stops and goes on, as for a checkpoint of its process.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisLifecycleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final TestRedis redis = new TestRedis();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withPropertyValues("spring.data.redis.port=" + this.redis.port(), "progress.sse.webhooks.enabled=true",
				"progress.sse.webhooks.secrets=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
		.withConfiguration(AutoConfigurations.of(ProgressAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				ProgressWebhookAutoConfiguration.class, DataRedisAutoConfiguration.class,
				RedisProgressAutoConfiguration.class, RedisDeliveryQueueAutoConfiguration.class,
				RedisLifecycleAutoConfiguration.class));

	@AfterEach
	void stop() {
		this.redis.close();
	}

	@Test
	void hasNoConnectionWhileItIsStoppedAndGoesOnAfterwards() {
		this.application.run((context) -> {
			ConfigurableApplicationContext application = context.getSourceApplicationContext();
			RedisProgressEventStore store = context.getBean(RedisProgressEventStore.class);
			RedisDeliveryQueue queue = context.getBean(RedisDeliveryQueue.class);
			ProgressJob job = context.getBean(ProgressTracker.class).open(JobSpec.named("paused"));
			List<StoreNotice> notices = new CopyOnWriteArrayList<>();
			store.listen(job.id()).subscribe(notices::add);
			await(() -> !notices.isEmpty() && state(store, job.id()) == JobState.QUEUED);
			assertThat(queue.size().block(PATIENCE)).isZero();
			for (int i = 0; i < 2; i++) {
				application.stop();
				await(() -> this.redis.connections() == 0);
				assertThat(store.read(job.id(), null, 0).onErrorComplete().blockOptional(PATIENCE)).isEmpty();
				assertThat(store.status().lanesUp()).isZero();
				assertThat(this.redis.connections()).isZero();
				notices.clear();
				application.start();
				await(() -> notices.contains(new StoreNotice.Ready()));
				assertThat(queue.size().block(PATIENCE)).isZero();
			}
			job.done();
			await(() -> state(store, job.id()) == JobState.DONE);
			await(() -> notices.stream().anyMatch(StoreNotice.Live.class::isInstance));
		});
	}

	@Test
	void closesItsConnectionsBehindTheLastWordsOfItsJobs(CapturedOutput output) {
		JobId id = JobId.of("closed-meanwhile");
		this.application
			.run((context) -> context.getBean(ProgressTracker.class).open(JobSpec.named("closed").withId(id)).begin());
		assertThat(this.redis.connections()).isZero();
		assertThat(output).doesNotContain(" WARN ");
		this.application.run((context) -> assertThat(state(context.getBean(RedisProgressEventStore.class), id))
			.isEqualTo(JobState.FAILED));
	}

	@Test
	void saysNoErrorWhenItClosesWhileRedisIsAway(CapturedOutput output) {
		this.application.withPropertyValues("progress.sse.flush-timeout=500ms").run((context) -> {
			RedisProgressEventStore store = context.getBean(RedisProgressEventStore.class);
			store.listen(JobId.of("away")).subscribe();
			context.getBean(ProgressTracker.class).open(JobSpec.named("away")).begin();
			await(() -> store.status().healthy() && store.status().lanesUp() == 1);
			this.redis.kill();
			await(() -> !store.status().healthy());
		});
		assertThat(output).doesNotContain("RejectedExecutionException", " ERROR ");
	}

	private static JobState state(RedisProgressEventStore store, JobId job) {
		return store.read(job, null, 0).map((page) -> page.latest().event().state()).block(PATIENCE);
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(PATIENCE).until(condition);
	}

}
