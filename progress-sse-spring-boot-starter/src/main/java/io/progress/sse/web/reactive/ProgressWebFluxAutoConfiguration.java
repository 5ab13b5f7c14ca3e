package io.progress.sse.web.reactive;

import java.util.Objects;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.AddedPages;
import io.progress.sse.web.CrossOriginFilter;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.ProgressRoutes;
import io.progress.sse.web.ProgressWebAutoConfiguration;
import io.progress.sse.web.SubmissionHeaders;
import io.progress.sse.web.TakenPaths;
import io.progress.sse.web.WebSettings;

/**
 * Auto-configuration of the endpoints of a reactive application.
 */
@AutoConfiguration(after = ProgressWebAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(EventStreams.class)
public final class ProgressWebFluxAutoConfiguration {

	/**
	 * A mapping of their own, as all router functions that are beans have one order.
	 */
	@Bean
	@ConditionalOnProperty("progress.sse.order")
	RouterFunctionMapping progressEndpointMapping(ProgressRoutes routes, ObjectProvider<AddedPages> pages,
			WebSettings settings, ServerCodecConfigurer codecs) {
		RouterFunctionMapping mapping = new RouterFunctionMapping(AddedPages.behind(routes.routes(), pages.stream()));
		mapping.setMessageReaders(codecs.getReaders());
		mapping.setOrder(Objects.requireNonNull(settings.order()));
		return mapping;
	}

	@Bean
	@ConditionalOnMissingBean(name = { "progressRouterFunction", "progressEndpointMapping" })
	RouterFunction<ServerResponse> progressRouterFunction(ProgressRoutes routes) {
		return routes.routes();
	}

	@Bean
	@ConditionalOnBean(AddedPages.class)
	@ConditionalOnMissingBean(name = "progressEndpointMapping")
	RouterFunction<ServerResponse> progressPages(ObjectProvider<AddedPages> pages) {
		return pages.stream().map(AddedPages::routes).reduce(RouterFunction::and).orElseThrow();
	}

	@Bean
	CrossOriginFilter progressCrossOriginFilter(WebSettings settings) {
		return new CrossOriginFilter(settings);
	}

	@Bean
	SmartInitializingSingleton progressTakenPaths(WebSettings settings, ObjectProvider<AddedPages> pages,
			ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
		TakenPaths taken = new TakenPaths(settings, pages.stream().toList());
		return () -> mappings.forEach((mapping) -> mapping.getHandlerMethods()
			.forEach((info, method) -> info.getPatternsCondition()
				.getPatterns()
				.forEach((path) -> taken.check(mapping.getOrder(), path.getPatternString(), method))));
	}

	@Bean
	JobRequestFilter jobRequestFilter(JobAccess access, SubmissionHeaders headers) {
		return new JobRequestFilter(access, headers);
	}

}
