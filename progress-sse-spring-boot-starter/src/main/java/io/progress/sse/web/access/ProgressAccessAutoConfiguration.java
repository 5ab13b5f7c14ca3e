package io.progress.sse.web.access;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.stream.admission.EventStreams;

/**
 * Auto-configuration of callers and of the policy that decides which jobs they may see.
 */
@AutoConfiguration(afterName = { "io.progress.sse.autoconfigure.ProgressStreamAutoConfiguration",
		"io.progress.sse.security.ProgressSecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration" })
@ConditionalOnWebApplication
@ConditionalOnBean(EventStreams.class)
public final class ProgressAccessAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	JobAccessPolicy jobAccessPolicy() {
		return JobAccessPolicy.owners();
	}

	@Bean
	@ConditionalOnMissingBean
	CallerResolver progressCallerResolver() {
		return CallerResolver.principals();
	}

	@Bean
	OwnerlessJobNotice progressOwnerlessJobNotice(ObjectProvider<JobAccessPolicy> policy) {
		return new OwnerlessJobNotice(policy::getIfUnique);
	}

	/** An application without users, as far as Spring can tell. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(type = { "org.springframework.security.web.SecurityFilterChain",
			"org.springframework.security.web.server.SecurityWebFilterChain" })
	static class OpenConfiguration {

		@Bean
		@ConditionalOnMissingBean(JobAccessPolicy.class)
		JobAccessPolicy openJobAccessPolicy() {
			return JobAccessPolicy.ownersOrIds();
		}

		@Bean
		OpenAccessNotice progressOpenAccessNotice(JobAccessPolicy policy) {
			return new OpenAccessNotice(policy);
		}

	}

}
