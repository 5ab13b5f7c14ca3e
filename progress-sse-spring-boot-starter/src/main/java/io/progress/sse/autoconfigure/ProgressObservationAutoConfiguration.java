package io.progress.sse.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.progress.sse.observation.DefaultJobObservationConvention;
import io.progress.sse.observation.JobObservationConvention;
import io.progress.sse.observation.ObservedJobs;

/**
 * Auto-configuration of the observations of jobs.
 */
@AutoConfiguration(before = ProgressAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "progress.sse.observations.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ObservationProperties.class)
public final class ProgressObservationAutoConfiguration {

	/** Called first, so that a customizer of the application can set another observer. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	ProgressTrackerBuilderCustomizer progressJobObserver(ObservationRegistry registry,
			ObjectProvider<JobObservationConvention> convention) {
		ObservedJobs observer = new ObservedJobs(registry,
				convention.getIfUnique(DefaultJobObservationConvention::new));
		return (builder) -> builder.observer(observer);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MeterConfiguration {

		/**
		 * The meters of jobs exist already; those that Micrometer makes of an observation
		 * would be the same under another name.
		 */
		@Bean
		static MeterFilter progressObservationMeters() {
			return MeterFilter
				.deny((id) -> id.getName().equals("progress.sse.job") || id.getName().startsWith("progress.sse.job."));
		}

	}

}
