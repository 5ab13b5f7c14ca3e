package io.progress.sse.web.servlet;

import java.util.List;

import jakarta.servlet.Servlet;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServletHttpHandlerAdapter;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.AddedPages;
import io.progress.sse.web.ProgressRoutes;
import io.progress.sse.web.ProgressWebAutoConfiguration;
import io.progress.sse.web.SubmissionHeaders;
import io.progress.sse.web.TakenPaths;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.controller.NamedExceptions;

/**
 * Auto-configuration of the endpoints of a servlet application: the same as those of a
 * reactive one.
 */
@AutoConfiguration(after = ProgressWebAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ Servlet.class, ServletHttpHandlerAdapter.class, RouterFunctions.class, Flux.class })
@ConditionalOnBean(EventStreams.class)
public final class ProgressServletAutoConfiguration {

	@Bean
	FilterRegistrationBean<JobRequestFilter> progressJobRequestFilter(SubmissionHeaders headers) {
		FilterRegistrationBean<JobRequestFilter> filter = new FilterRegistrationBean<>(new JobRequestFilter(headers));
		filter.setName("progressJobRequest");
		filter.setAsyncSupported(true);
		filter.setOrder(Ordered.LOWEST_PRECEDENCE);
		return filter;
	}

	@Bean
	EndpointHandler progressEndpoints(ProgressRoutes routes, ObjectProvider<AddedPages> pages, EventStreams feeds,
			WebSettings settings, ObjectProvider<MvcCorsMappings> corsMappings) {
		CorsConfigurationSource mappings = corsMappings.getIfAvailable();
		RouterFunction<ServerResponse> all = AddedPages.behind(routes.routes(), pages.stream());
		List<PathPattern> added = pages.stream().flatMap((each) -> each.patterns().stream()).toList();
		return new EndpointHandler(all, settings, added, (mappings != null) ? mappings : (exchange) -> null,
				feeds.blockingThreads());
	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(MvcAtRoot.Not.class)
	static class FilterConfiguration {

		/**
		 * After all other filters, also those without an order.
		 */
		@Bean
		FilterRegistrationBean<EndpointFilter> progressEndpointFilter(EndpointHandler endpoints) {
			FilterRegistrationBean<EndpointFilter> filter = new FilterRegistrationBean<>(new EndpointFilter(endpoints));
			filter.setName("progressEndpoints");
			filter.setAsyncSupported(true);
			filter.setOrder(Ordered.LOWEST_PRECEDENCE);
			filter.setMatchAfter(true);
			return filter;
		}

		/**
		 * Some containers run no filters for URLs without a servlet.
		 */
		@Bean
		@ConditionalOnBooleanProperty(name = "server.servlet.register-default-servlet", havingValue = false,
				matchIfMissing = true)
		ServletRegistrationBean<NotFoundServlet> progressRoot() {
			ServletRegistrationBean<NotFoundServlet> servlet = new ServletRegistrationBean<>(new NotFoundServlet(),
					"/");
			servlet.setName("progressRoot");
			servlet.setAsyncSupported(true);
			return servlet;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebMvcConfigurer.class)
	static class MvcConfiguration {

		@Bean
		MvcCorsMappings progressCorsMappings(ObjectProvider<WebMvcConfigurer> configurers) {
			return new MvcCorsMappings(() -> configurers.orderedStream().toList());
		}

		@Bean
		@Conditional(MvcAtRoot.class)
		EndpointMapping progressEndpointMapping(EndpointHandler endpoints, WebSettings settings) {
			return new EndpointMapping(endpoints, settings);
		}

		@Bean
		@Conditional(MvcAtRoot.class)
		SmartInitializingSingleton progressTakenPaths(WebSettings settings, ObjectProvider<AddedPages> pages,
				ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
			TakenPaths taken = new TakenPaths(settings, pages.stream().toList());
			return () -> mappings.forEach((mapping) -> mapping.getHandlerMethods()
				.forEach((info, method) -> info.getPatternValues()
					.forEach((path) -> taken.check(mapping.getOrder(), path, method))));
		}

		@Bean
		JobHandleResultHandler progressJobHandleAdvice(WebSettings settings) {
			return new JobHandleResultHandler(settings);
		}

		@Bean
		WebMvcConfigurer progressReporterArguments(ListableBeanFactory beans) {
			return new WebMvcConfigurer() {
				@Override
				public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
					resolvers.add(0, new RefusalResolver(new NamedExceptions(beans, RefusalResolver.class)));
				}

				@Override
				public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
					resolvers.add(new ReporterArgumentResolver());
				}
			};
		}

	}

}
