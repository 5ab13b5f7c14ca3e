package io.progress.sse.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.ProgressTracker;
import io.progress.sse.stream.ProgressEventFormats;
import io.progress.sse.stream.ProgressFeeds;
import io.progress.sse.web.CrossOriginFilter;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.JobRequestFilter;
import io.progress.sse.web.ProgressRoutes;
import io.progress.sse.web.SubmissionHeaders;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.WebhookHeader;

/**
 * Endpoints of a reactive application.
 */
@AutoConfiguration(after = ProgressAccessAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(ProgressFeeds.class)
public final class ProgressWebFluxAutoConfiguration {

	@Bean
	ProgressRoutes progressRoutes(ProgressTracker tracker, ProgressFeeds feeds, ProgressEventFormats formats,
			JobAccess access, ProgressStreamProperties properties) {
		return new ProgressRoutes(tracker, feeds, formats, access, properties.toWebSettings());
	}

	@Bean
	RouterFunction<ServerResponse> progressRouterFunction(ProgressRoutes routes) {
		return routes.routes();
	}

	@Bean
	CrossOriginFilter progressCrossOriginFilter(ProgressStreamProperties properties) {
		return new CrossOriginFilter(properties.toWebSettings());
	}

	@Bean
	JobRequestFilter jobRequestFilter(ProgressStreamProperties properties, ObjectProvider<WebhookHeader> webhooks,
			JobAccess access) {
		WebSettings settings = properties.toWebSettings();
		return new JobRequestFilter(settings, access,
				new SubmissionHeaders(settings, webhooks.getIfAvailable(() -> WebhookHeader.NONE), access));
	}

}
