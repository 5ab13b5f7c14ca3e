package io.progress.sse.webhook;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.autoconfigure.ProgressAutoConfiguration;
import io.progress.sse.test.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProgressWebhookAutoConfigurationTests {

	private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	private static final JobSpec HOOKED = JobSpec.named("report").withWebhook(URI.create("https://example.com/hook"));

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProgressAutoConfiguration.class,
				ProgressWebhookAutoConfiguration.class, ProgressWebhookMetricsAutoConfiguration.class));

	private final ApplicationContextRunner enabled = this.application
		.withPropertyValues("progress.sse.webhooks.secrets=" + SECRET);

	@Test
	void refusesWebhooksWhileItIsOff() {
		this.application.withPropertyValues("progress.sse.webhooks.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(WebhookNotifier.class).doesNotHaveBean(DeliveryQueue.class);
			ProgressTracker tracker = context.getBean(ProgressTracker.class);
			assertThatIllegalArgumentException().isThrownBy(() -> tracker.open(HOOKED))
				.withMessage("'webhook' must be null unless 'progress.sse.webhooks.enabled' is true, but is set");
			assertThat(tracker.open(JobSpec.named("report"))).isNotNull();
		});
	}

	@Test
	void keepsDeliveriesInMemoryWhereTheyAreKeptNowhereElse() {
		this.enabled.run((context) -> {
			assertThat(context).hasSingleBean(WebhookNotifier.class).hasSingleBean(InMemoryDeliveryQueue.class);
			context.getBean(ProgressTracker.class).open(HOOKED);
			assertThat(context.getBean(DeliveryQueue.class).size().block()).isOne();
		});
	}

	@Test
	void leavesTheQueueToTheApplication() {
		DeliveryQueue mine = new InMemoryDeliveryQueue(new MutableClock(), 1);
		this.enabled.withBean("mine", DeliveryQueue.class, () -> mine)
			.run((context) -> assertThat(context.getBean(DeliveryQueue.class)).isSameAs(mine));
	}

	@Test
	void stopsBetweenTheTrackerAndConnectionsToRedis() {
		this.enabled.run((context) -> {
			SmartLifecycle tracker = context.getBean("progressTrackerLifecycle", SmartLifecycle.class);
			assertThat(context.getBean(WebhookLifecycle.class).getPhase()).isEqualTo(tracker.getPhase() - 1);
		});
	}

	@Test
	void doesWithoutMeters() {
		this.enabled.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(WebhookNotifier.class));
	}

	@Test
	void hasMeters() {
		MeterRegistry registry = new SimpleMeterRegistry();
		this.enabled.run((context) -> {
			context.getBean("progressWebhookMeters", MeterBinder.class).bindTo(registry);
			assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
				.containsExactlyInAnyOrder("progress.sse.webhooks.delivered", "progress.sse.webhooks.failed",
						"progress.sse.webhooks.retried", "progress.sse.webhooks.abandoned",
						"progress.sse.webhooks.pending");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					url=http://example.com/              | 'progress.sse.webhooks.url' must be an https URL
					url=https://10.0.0.1/                | 'progress.sse.webhooks.url' must lead to a public address
					header=X Webhook                     | 'progress.sse.webhooks.header' must be the name of a header, but is 'X Webhook'
					schedule=10ms                        | 'progress.sse.webhooks.schedule' must be at least 1000ms, but is 10ms
					schedule=20h,20h                     | 'progress.sse.webhooks.schedule' must be over within 'progress.sse.retention.result' (PT24H), but is 'PT44H'
					timeout=1ms                          | 'progress.sse.webhooks.timeout' must be at least 100ms, but is 1ms
					timeout=2m                           | 'progress.sse.webhooks.timeout' must be at most 1m, but is '120000ms'
					concurrency=0                        | 'progress.sse.webhooks.concurrency' must be at least 1, but is 0
					max-pending=0                        | 'progress.sse.webhooks.max-pending' must be at least 1, but is 0
					retention=1m                         | 'progress.sse.webhooks.retention' must be at least 600000ms, but is 60000ms
					""")
	void refusesBadSettings(String property, String message) {
		this.enabled.withPropertyValues("progress.sse.webhooks." + property)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessage(message));
	}

	@ParameterizedTest
	@ValueSource(strings = { "url=https://a.example/s3cret", "header=X-Webhook-Url" })
	void refusesSettingsThatMeanNothingWhileItIsOff(String property) {
		String key = property.substring(0, property.indexOf('='));
		String value = property.substring(key.length() + 1).replace("/s3cret", "");
		this.enabled.withPropertyValues("progress.sse.webhooks." + property, "progress.sse.webhooks.enabled=false")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("'progress.sse.webhooks.%s' must not be set unless 'progress.sse.webhooks.enabled' is true,"
					.formatted(key) + " but is '" + value + "'"));
	}

	@ParameterizedTest
	@CsvSource({ "timeout,-1s", "timeout,200000d", "timeout,100000000000000d", "retention,-1s", "retention,200000d",
			"retention,100000000000000d", "concurrency,-1", "concurrency,2000000000", "max-pending,-1",
			"max-pending,2000000000" })
	void everyTimeAndSizeHasARangeThatNamesItsKey(String key, String value) {
		this.enabled.withPropertyValues("progress.sse.webhooks." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'progress.sse.webhooks." + key + "' must be"));
	}

	@Test
	void refusesAMissingOrInvalidSecretWithoutLoggingIt() {
		for (String secret : new String[] { "", "whsec_dG9vIHNob3J0" }) {
			this.enabled.withPropertyValues("progress.sse.webhooks.secrets=" + secret).run((context) -> {
				assertThat(context).getFailure()
					.rootCause()
					.hasMessage("'progress.sse.webhooks.secrets' must be one or more of 'whsec_' and 24 to 64"
							+ " random bytes in Base64, but is not;"
							+ " make one with: echo whsec_$(openssl rand -base64 32)");
				assertThat(messages(context)).noneMatch((message) -> message.contains("dG9vIHNob3J0"));
			});
		}
	}

	@Test
	void showsNoSecretInText() {
		this.enabled
			.run((context) -> assertThat(context.getBean(WebhookSettings.class)).asString().doesNotContain("whsec_"));
	}

	private static List<String> messages(AssertableApplicationContext context) {
		List<String> messages = new ArrayList<>();
		for (Throwable each = context.getStartupFailure(); each != null; each = each.getCause()) {
			messages.add(String.valueOf(each.getMessage()));
		}
		return messages;
	}

}
