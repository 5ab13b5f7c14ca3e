package io.progress.sse.redis;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.autoconfigure.ProgressAutoConfiguration;
import io.progress.sse.autoconfigure.ProgressStreamAutoConfiguration;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.ticket.InMemoryTicketStore;
import io.progress.sse.ticket.TicketStore;
import io.progress.sse.web.ticket.ProgressTicketAutoConfiguration;
import io.progress.sse.web.ticket.StreamTickets;
import io.progress.sse.webhook.DeliveryQueue;
import io.progress.sse.webhook.InMemoryDeliveryQueue;
import io.progress.sse.webhook.ProgressWebhookAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The wiring, without a Redis: the store connects when it is used.
 */
class RedisProgressAutoConfigurationTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withPropertyValues("spring.data.redis.port=1")
		.withConfiguration(AutoConfigurations.of(ProgressAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				DataRedisAutoConfiguration.class, RedisProgressAutoConfiguration.class,
				RedisProgressHealthAutoConfiguration.class, RedisProgressMetricsAutoConfiguration.class));

	@Test
	void takesThePlaceOfTheStoreInMemory() {
		this.application.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(ProgressEventStore.class)
			.hasSingleBean(RedisProgressEventStore.class));
	}

	@Test
	void givesWayToTheApplicationsOwnStore() {
		this.application.withBean(ProgressEventStore.class, () -> InMemoryProgressEventStore.builder().build())
			.run((context) -> assertThat(context).hasSingleBean(ProgressEventStore.class)
				.doesNotHaveBean(RedisProgressEventStore.class));
	}

	@Test
	void keepsWebhooksWhereItKeepsJobs() {
		ApplicationContextRunner webhooks = this.application
			.withConfiguration(AutoConfigurations.of(RedisDeliveryQueueAutoConfiguration.class,
					ProgressWebhookAutoConfiguration.class))
			.withPropertyValues("progress.sse.webhooks.secrets=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
		webhooks.withPropertyValues("progress.sse.webhooks.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(DeliveryQueue.class));
		webhooks.run((context) -> assertThat(context).hasSingleBean(DeliveryQueue.class)
			.hasSingleBean(RedisDeliveryQueue.class));
		webhooks.withPropertyValues("progress.sse.redis.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(InMemoryDeliveryQueue.class)
				.doesNotHaveBean(RedisDeliveryQueue.class));
	}

	@Test
	void keepsNoWebhooksWithoutTheModuleThatSendsThem() {
		this.application
			.withConfiguration(AutoConfigurations.of(RedisDeliveryQueueAutoConfiguration.class,
					RedisLifecycleAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.progress.sse.webhook"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RedisProgressEventStore.class)
				.doesNotHaveBean("redisDeliveryQueue"));
	}

	@Test
	void keepsTicketsWhereItKeepsJobs() {
		ReactiveWebApplicationContextRunner web = new ReactiveWebApplicationContextRunner()
			.withPropertyValues("spring.data.redis.port=1")
			.withConfiguration(AutoConfigurations.of(ProgressAutoConfiguration.class,
					TaskExecutionAutoConfiguration.class, DataRedisAutoConfiguration.class,
					RedisProgressAutoConfiguration.class, RedisTicketStoreAutoConfiguration.class,
					ProgressStreamAutoConfiguration.class, ProgressTicketAutoConfiguration.class));
		web.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(TicketStore.class)
			.hasSingleBean(RedisTicketStore.class)
			.hasSingleBean(StreamTickets.class));
		web.withPropertyValues("progress.sse.redis.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(TicketStore.class)
				.hasSingleBean(InMemoryTicketStore.class));
		web.withBean(TicketStore.class, () -> new InMemoryTicketStore(System::nanoTime, 1))
			.run((context) -> assertThat(context).hasSingleBean(TicketStore.class)
				.doesNotHaveBean(RedisTicketStore.class));
		this.application.withConfiguration(AutoConfigurations.of(RedisTicketStoreAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(TicketStore.class));
	}

	@Test
	void canBeTurnedOff() {
		this.application.withPropertyValues("progress.sse.redis.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(InMemoryProgressEventStore.class)
				.doesNotHaveBean(RedisProgressEventStore.class));
	}

	@Test
	void staysAwayWithoutSpringDataRedis() {
		this.application.withClassLoader(new FilteredClassLoader(LettuceConnectionFactory.class))
			.run((context) -> assertThat(context).doesNotHaveBean(RedisProgressEventStore.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "enabled", "required" })
	void refusesToStartWithoutSpringDataRedisIfTheSettingsAskForRedis(String key) {
		this.application.withClassLoader(new FilteredClassLoader(LettuceConnectionFactory.class))
			.withPropertyValues("progress.sse.redis." + key + "=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("'progress.sse.redis." + key + "' must be false unless"
						+ " org.springframework.boot:spring-boot-starter-data-redis is on the class path, but is true;"
						+ " add that dependency, or remove the setting"));
	}

	@Test
	void refusesToStartWithoutLettuce() {
		this.application.withPropertyValues("spring.data.redis.client-type=jedis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("progress.sse.redis.enabled", "LettuceConnectionFactory",
						"spring.data.redis.client-type"));
	}

	@Test
	void refusesToStartWithMasterAndReplicasWithoutFailover() {
		this.application.withPropertyValues("spring.data.redis.masterreplica.nodes=127.0.0.1:1,127.0.0.1:2")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("spring.data.redis.masterreplica"));
	}

	@Test
	void startsWhileRedisIsAwayUnlessTheApplicationSaysOtherwise() {
		this.application.run((context) -> assertThat(context).hasNotFailed());
		this.application.withPropertyValues("progress.sse.redis.required=true")
			.run((context) -> assertThat(context).getFailure()
				.hasMessage("'progress.sse.redis.required' is true, but Redis cannot be reached;"
						+ " see 'spring.data.redis'"));
	}

	@Test
	void refusesToStartWithAServerThatIsTooOld() {
		try (OldRedis redis = new OldRedis("5.0.14")) {
			this.application.withPropertyValues("spring.data.redis.port=" + redis.port())
				.run((context) -> assertThat(context).getFailure()
					.hasMessage(
							"The server at 'spring.data.redis' cannot be used: Redis must be of version 6.2 or later,"
									+ " but is of version 5.0.14; upgrade it, or set 'progress.sse.redis.enabled' to false")
					.rootCause()
					.hasMessage("Redis must be of version 6.2 or later, but is of version 5.0.14"));
		}
	}

	@Test
	void saysWhichSettingIsWrongAndWhy() {
		refuses("progress.sse.redis.lease=10ms", "'progress.sse.redis.lease' must be at least 100ms, but is 10ms");
		refuses("progress.sse.redis.key-prefix={x}",
				"'progress.sse.redis.key-prefix' must be 1 to 64 characters of [A-Za-z0-9_.:/-], but is '{x}'");
		refuses("progress.sse.redis.running-retention=50s",
				"'progress.sse.redis.running-retention' must be at least 60000ms, but is 50000ms");
		refuses("progress.sse.retention.result=5m",
				"'progress.sse.retention.result' must be at least 600000ms, but is 300000ms");
	}

	@Test
	void takesItsSettings() {
		this.application.withPropertyValues("progress.sse.redis.lease=7s", "progress.sse.redis.grace=3s")
			.run((context) -> {
				RedisProgressEventStore store = context.getBean(RedisProgressEventStore.class);
				assertThat(store.lease()).isEqualTo(Duration.ofSeconds(7));
				assertThat(store.grace()).isEqualTo(Duration.ofSeconds(3));
			});
	}

	@Test
	void tellsItsHealthAndItsMeters() {
		this.application.withBean(SimpleMeterRegistry.class).run((context) -> {
			assertThat(context.getBean("progressRedisHealthContributor", HealthIndicator.class).health().getDetails())
				.containsEntry("lanesLost", 0L);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
			assertThat(registry.get("progress.sse.redis.appends").tag("result", "missing").functionCounter().count())
				.isZero();
		});
	}

	@Test
	void doesWithoutHealthAndMeters() {
		this.application.withClassLoader(new FilteredClassLoader(MeterRegistry.class, HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RedisProgressEventStore.class));
	}

	private void refuses(String property, String message) {
		this.application.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessage(message));
	}

}
