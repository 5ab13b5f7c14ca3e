package io.progress.sse.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.support.BrokenRuleException;

/**
 * Refuses settings of webhooks if the module that sends them is missing: otherwise
 * receivers would wait for messages that never come.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingClass("io.progress.sse.webhook.WebhookNotifier")
final class WebhooksMissingConfiguration {

	private static final String ENABLED = "progress.sse.webhooks.enabled";

	WebhooksMissingConfiguration(Environment environment) {
		if (environment.getProperty(ENABLED, boolean.class, false)) {
			throw new BrokenRuleException("'" + ENABLED + "'",
					"must be false unless io.progress-sse:progress-sse-webhooks is on the class path", "true",
					"add that dependency, or remove the setting", null);
		}
	}

	@Bean
	@ConditionalOnMissingBean(name = "progressWebhookRefusal")
	JobListener progressWebhookRefusal() {
		return new JobListener() {
			@Override
			public void admitting(JobSpec spec) {
				if (spec.webhook() != null) {
					throw new IllegalArgumentException(
							"'webhook' must be null unless io.progress-sse:progress-sse-webhooks is on the class path, but is set");
				}
			}
		};
	}

}
