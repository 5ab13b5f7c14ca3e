package io.progress.sse.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

import io.progress.sse.stream.ProgressEventFormats;
import io.progress.sse.stream.ProgressFeeds;
import io.progress.sse.web.ConnectedJobs;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.JobHandleResultHandler;
import io.progress.sse.web.JobHandleWriter;
import io.progress.sse.web.JobRequestFilter;
import io.progress.sse.web.NamedExceptions;
import io.progress.sse.web.RefusalAdvice;
import io.progress.sse.web.ReporterArgumentResolver;

/**
 * What annotated controllers of a reactive application may take and return.
 */
@AutoConfiguration(after = ProgressWebFluxAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(JobRequestFilter.class)
public final class ProgressControllerAutoConfiguration {

	@Bean
	JobHandleResultHandler progressJobHandleResultHandler(ProgressStreamProperties properties) {
		return new JobHandleResultHandler(properties.toWebSettings());
	}

	@Bean
	@ConditionalOnMissingBean
	ConnectedJobs progressConnectedJobs(ProgressFeeds feeds, ProgressEventFormats formats, JobAccess access,
			ProgressStreamProperties properties) {
		return new ConnectedJobs(feeds, formats, access, properties.toWebSettings());
	}

	@Bean
	RefusalAdvice progressRefusalAdvice(ListableBeanFactory beans) {
		return new RefusalAdvice(new NamedExceptions(beans));
	}

	@Bean
	WebFluxConfigurer progressReporterArguments(ProgressStreamProperties properties) {
		return new WebFluxConfigurer() {
			@Override
			public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
				configurer.customCodecs().register(new JobHandleWriter(properties.toWebSettings()));
			}

			@Override
			public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
				configurer.addCustomResolver(new ReporterArgumentResolver());
			}
		};
	}

}
