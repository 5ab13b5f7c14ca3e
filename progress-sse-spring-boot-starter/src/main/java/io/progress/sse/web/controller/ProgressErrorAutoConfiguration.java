package io.progress.sse.web.controller;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.ErrorResponse;

import io.progress.sse.ProgressErrorMapper;

/**
 * Auto-configuration of the mapper that shows problem details to viewers, after the
 * application's own mappers.
 */
@AutoConfiguration(beforeName = "io.progress.sse.autoconfigure.ProgressAutoConfiguration")
@ConditionalOnClass(ErrorResponse.class)
public final class ProgressErrorAutoConfiguration {

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	ProgressErrorMapper progressProblemDetailErrorMapper() {
		return new ProblemDetailErrorMapper();
	}

}
