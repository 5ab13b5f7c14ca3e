package io.progress.sse.aop;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;

import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;

/**
 * Auto-configuration of {@link io.progress.sse.TrackProgress} and of the reporter that
 * can be injected.
 */
@AutoConfiguration(afterName = "io.progress.sse.autoconfigure.ProgressAutoConfiguration")
@Import(AutoProxyRegistrar.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class TrackProgressAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TrackedMethods progressTrackedMethods(BeanFactory beanFactory) {
		return new TrackedMethods(beanFactory);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TrackedCalls progressTrackedCalls(TrackedMethods methods, ObjectProvider<ProgressTracker> tracker) {
		return new TrackedCalls(methods, tracker::getObject);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TrackProgressAdvisor progressSubscriptionAdvisor(TrackedCalls calls) {
		return TrackProgressAdvisor.subscription(calls);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TrackProgressAdvisor progressAdmissionAdvisor(TrackedCalls calls) {
		return TrackProgressAdvisor.admission(calls);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TrackProgressAdvisor progressExecutionAdvisor() {
		return TrackProgressAdvisor.execution();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TrackProgressAdvisor progressAttemptAdvisor(TrackedCalls calls) {
		return TrackProgressAdvisor.attempt(calls);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static AdvisorOrderPostProcessor progressAdvisorArranger(TrackedMethods methods) {
		return new AdvisorOrderPostProcessor(methods);
	}

	@Bean
	@ConditionalOnMissingBean
	ProgressReporter progressReporter() {
		return new CurrentReporter();
	}

}
