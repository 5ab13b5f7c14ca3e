package io.progress.sse.web.openapi;

import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

import io.progress.sse.web.JobRetry;
import io.progress.sse.web.ProgressRoutes;
import io.progress.sse.web.ProgressWebAutoConfiguration;
import io.progress.sse.web.WebSettings;

/**
 * Auto-configuration of the OpenAPI description of the endpoints, with springdoc. A bean
 * of the application with the same name replaces each part.
 */
@AutoConfiguration(after = ProgressWebAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnClass(GlobalOpenApiCustomizer.class)
@ConditionalOnBean(ProgressRoutes.class)
@ImportRuntimeHints(OpenApiRuntimeHints.class)
public final class ProgressOpenApiAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "progressOpenApiCustomizer")
	GlobalOpenApiCustomizer progressOpenApiCustomizer(WebSettings settings, ObjectProvider<JobRetry> retry) {
		return new ProtocolCustomizer(settings, retry.getIfAvailable() != null);
	}

	@Bean
	@ConditionalOnMissingBean(name = "progressOperationCustomizer")
	GlobalOperationCustomizer progressOperationCustomizer() {
		return new JobHandleOperations();
	}

}
