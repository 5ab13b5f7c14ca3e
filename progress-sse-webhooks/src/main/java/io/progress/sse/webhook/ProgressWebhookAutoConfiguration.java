package io.progress.sse.webhook;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.autoconfigure.ProgressAutoConfiguration;
import io.progress.sse.autoconfigure.ProgressStoreProperties;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.web.WebhookHeader;

/**
 * Auto-configuration of webhooks, and of an in-memory queue if there is no other queue.
 */
@AutoConfiguration(after = ProgressAutoConfiguration.class)
@EnableConfigurationProperties({ ProgressStoreProperties.class, WebhookSettings.class, WebhookTargets.class })
public final class ProgressWebhookAutoConfiguration {

	private static final String ENABLED = "progress.sse.webhooks.enabled";

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = ENABLED, matchIfMissing = true)
	static class EnabledConfiguration {

		@Bean
		@ConditionalOnMissingBean(DeliveryQueue.class)
		InMemoryDeliveryQueue progressDeliveryQueue(WebhookSettings settings, ObjectProvider<Clock> clock) {
			return new InMemoryDeliveryQueue(clock.getIfUnique(Clock::systemUTC), settings.maxPending());
		}

		@Bean
		@ConditionalOnMissingBean
		WebhookNotifier progressWebhookNotifier(ProgressEventStore store, DeliveryQueue queue, WebhookSettings settings,
				WebhookTargets targets, ProgressStoreProperties properties, ObjectProvider<Clock> clock) {
			settings.checkSchedule(properties.retention().result());
			return new WebhookNotifier(store, queue, settings, targets, clock.getIfUnique(Clock::systemUTC));
		}

		@Bean
		@ConditionalOnProperty("progress.sse.webhooks.header")
		WebhookHeader progressWebhookHeader(WebhookSettings settings, WebhookTargets targets) {
			return new WebhookHeader(String.valueOf(settings.header()), targets::check);
		}

		@Bean
		@ConditionalOnBean(value = WebhookNotifier.class, search = SearchStrategy.CURRENT)
		WebhookLifecycle progressWebhookLifecycle(WebhookNotifier notifier) {
			return new WebhookLifecycle(notifier);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = ENABLED, havingValue = false)
	static class DisabledConfiguration {

		/**
		 * Refuses webhook URLs while webhooks are disabled, because receivers would wait
		 * for messages that never come.
		 */
		@Bean
		JobListener progressWebhookRefusal() {
			return new JobListener() {
				@Override
				public void admitting(JobSpec spec) {
					if (spec.webhook() != null) {
						throw new IllegalArgumentException(
								"'webhook' must be null unless '%s' is true, but is set".formatted(ENABLED));
					}
				}
			};
		}

	}

}
