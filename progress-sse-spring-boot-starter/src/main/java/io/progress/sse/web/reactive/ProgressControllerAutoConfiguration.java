package io.progress.sse.web.reactive;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.StreamHandler;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.controller.NamedExceptions;
import io.progress.sse.web.controller.StreamingJobs;

/**
 * Auto-configuration of parameters and return values of annotated controllers in a
 * reactive application.
 */
@AutoConfiguration(after = ProgressWebFluxAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(JobRequestFilter.class)
public final class ProgressControllerAutoConfiguration {

	@Bean
	JobHandleResultHandler progressJobHandleResultHandler(WebSettings settings) {
		return new JobHandleResultHandler(settings);
	}

	@Bean
	@ConditionalOnMissingBean
	StreamingJobs progressConnectedJobs(EventStreams feeds, ProgressEventFormats formats, JobAccess access,
			StreamHandler streams) {
		return new StreamingJobs(feeds, formats, access, streams);
	}

	@Bean
	RefusalAdvice progressRefusalAdvice(ListableBeanFactory beans) {
		return new RefusalAdvice(new NamedExceptions(beans, RefusalAdvice.class));
	}

	@Bean
	WebFluxConfigurer progressReporterArguments(WebSettings settings) {
		return new WebFluxConfigurer() {
			@Override
			public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
				configurer.customCodecs().register(new JobHandleWriter(settings));
			}

			@Override
			public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
				configurer.addCustomResolver(new ReporterArgumentResolver());
			}
		};
	}

}
