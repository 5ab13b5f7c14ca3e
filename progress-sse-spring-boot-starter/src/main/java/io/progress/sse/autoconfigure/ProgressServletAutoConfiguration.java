package io.progress.sse.autoconfigure;

import java.util.List;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
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
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import io.progress.sse.ProgressTracker;
import io.progress.sse.servlet.EndpointFilter;
import io.progress.sse.servlet.EndpointMapping;
import io.progress.sse.servlet.Endpoints;
import io.progress.sse.servlet.JobHandleAdvice;
import io.progress.sse.servlet.JobRequestServletFilter;
import io.progress.sse.servlet.MvcCorsMappings;
import io.progress.sse.servlet.NothingServlet;
import io.progress.sse.servlet.RefusalResolver;
import io.progress.sse.servlet.ReporterArguments;
import io.progress.sse.stream.ProgressEventFormats;
import io.progress.sse.stream.ProgressFeeds;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.NamedExceptions;
import io.progress.sse.web.ProgressRoutes;
import io.progress.sse.web.SubmissionHeaders;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.WebhookHeader;

/**
 * The endpoints of a servlet application: the same as those of a reactive one.
 */
@AutoConfiguration(after = ProgressAccessAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ Servlet.class, ServletHttpHandlerAdapter.class, RouterFunctions.class, Flux.class })
@ConditionalOnBean(ProgressFeeds.class)
public final class ProgressServletAutoConfiguration {

	@Bean
	DefaultMaxStreams progressDefaultMaxStreams(ServletContext context) {
		return DefaultMaxStreams.of(context.getServerInfo());
	}

	@Bean
	ProgressRoutes progressRoutes(ProgressTracker tracker, ProgressFeeds feeds, ProgressEventFormats formats,
			JobAccess access, ProgressStreamProperties properties) {
		return new ProgressRoutes(tracker, feeds, formats, access, properties.toWebSettings());
	}

	@Bean
	FilterRegistrationBean<JobRequestServletFilter> progressJobRequestFilter(ProgressStreamProperties properties,
			ObjectProvider<WebhookHeader> webhooks, JobAccess access) {
		WebSettings settings = properties.toWebSettings();
		FilterRegistrationBean<JobRequestServletFilter> filter = new FilterRegistrationBean<>(
				new JobRequestServletFilter(settings,
						new SubmissionHeaders(settings, webhooks.getIfAvailable(() -> WebhookHeader.NONE), access)));
		filter.setName("progressJobRequest");
		filter.setAsyncSupported(true);
		filter.setOrder(Ordered.LOWEST_PRECEDENCE);
		return filter;
	}

	@Bean
	Endpoints progressEndpoints(ProgressRoutes routes, ProgressStreamProperties properties,
			ObjectProvider<MvcCorsMappings> corsMappings) {
		CorsConfigurationSource mappings = corsMappings.getIfAvailable();
		return new Endpoints(routes.routes(), properties.toWebSettings(),
				(mappings != null) ? mappings : (exchange) -> null);
	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(MvcAtRoot.Not.class)
	static class FilterConfiguration {

		/**
		 * Behind all other filters, those that have no order, too.
		 */
		@Bean
		FilterRegistrationBean<EndpointFilter> progressEndpointFilter(Endpoints endpoints) {
			FilterRegistrationBean<EndpointFilter> filter = new FilterRegistrationBean<>(new EndpointFilter(endpoints));
			filter.setName("progressEndpoints");
			filter.setAsyncSupported(true);
			filter.setOrder(Ordered.LOWEST_PRECEDENCE);
			filter.setMatchAfter(true);
			return filter;
		}

		/**
		 * Some containers run no filter where no servlet is.
		 */
		@Bean
		@ConditionalOnBooleanProperty(name = "server.servlet.register-default-servlet", havingValue = false,
				matchIfMissing = true)
		ServletRegistrationBean<NothingServlet> progressRoot() {
			ServletRegistrationBean<NothingServlet> servlet = new ServletRegistrationBean<>(new NothingServlet(), "/");
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
		EndpointMapping progressEndpointMapping(Endpoints endpoints) {
			return new EndpointMapping(endpoints);
		}

		@Bean
		JobHandleAdvice progressJobHandleAdvice(ProgressStreamProperties properties) {
			return new JobHandleAdvice(properties.toWebSettings());
		}

		@Bean
		WebMvcConfigurer progressReporterArguments(ListableBeanFactory beans) {
			return new WebMvcConfigurer() {
				@Override
				public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
					resolvers.add(0, new RefusalResolver(new NamedExceptions(beans)));
				}

				@Override
				public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
					resolvers.add(new ReporterArguments());
				}
			};
		}

	}

}
