package io.progress.sse.webhook;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of webhooks.
 */
@AutoConfiguration(after = ProgressWebhookAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(WebhookNotifier.class)
public final class ProgressWebhookMetricsAutoConfiguration {

	@Bean
	MeterBinder progressWebhookMeters(WebhookNotifier webhooks) {
		return (registry) -> {
			counter(registry, webhooks, "delivered", "Deliveries that a receiver has accepted",
					(notifier) -> notifier.stats().delivered());
			counter(registry, webhooks, "failed", "Attempts that failed", (notifier) -> notifier.stats().failed());
			counter(registry, webhooks, "retried", "Deliveries that wait for another attempt after a failure",
					(notifier) -> notifier.stats().retried());
			counter(registry, webhooks, "abandoned", "Deliveries that were given up",
					(notifier) -> notifier.stats().abandoned());
			Gauge.builder("progress.sse.webhooks.pending", webhooks, (notifier) -> notifier.stats().pending())
				.description("Deliveries that wait, including those of running jobs")
				.baseUnit("deliveries")
				.register(registry);
		};
	}

	private static void counter(MeterRegistry registry, WebhookNotifier webhooks, String name, String description,
			ToDoubleFunction<WebhookNotifier> value) {
		FunctionCounter.builder("progress.sse.webhooks." + name, webhooks, value)
			.description(description)
			.register(registry);
	}

}
