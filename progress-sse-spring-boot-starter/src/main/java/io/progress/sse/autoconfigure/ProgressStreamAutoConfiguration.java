package io.progress.sse.autoconfigure;

import jakarta.servlet.ServletContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.stream.StreamMeters;
import io.progress.sse.stream.StreamSettings;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.format.ProgressEventFormat;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.controller.ProgressStreams;

/**
 * Auto-configuration of event streams, for all kinds of servers.
 */
@AutoConfiguration(after = { ProgressAutoConfiguration.class, ProgressMetricsAutoConfiguration.class })
@ConditionalOnBean(ProgressEventStore.class)
@EnableConfigurationProperties({ StreamSettings.class, WebSettings.class })
public final class ProgressStreamAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ProgressEventFormats progressEventFormats(ObjectProvider<ProgressEventFormat> formats) {
		return new ProgressEventFormats(formats.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	EventStreams progressFeeds(ProgressEventStore store, ProgressEventFormats formats, StreamSettings settings,
			WebSettings endpoints, ObjectProvider<StreamMeters> meters,
			ObjectProvider<DefaultMaxStreams> defaultMaxStreams) {
		endpoints.checkFormats(formats.names());
		DefaultMaxStreams limit = defaultMaxStreams.getIfAvailable();
		return new EventStreams(store, formats, (limit != null) ? settings.withDefaultLimit(limit.streams()) : settings,
				meters.getIfAvailable(() -> StreamMeters.NONE), System::nanoTime);
	}

	@Bean
	@ConditionalOnMissingBean
	ProgressStreams progressStreams(EventStreams feeds, ProgressEventFormats formats, StreamSettings settings) {
		return new ProgressStreams(feeds, formats, settings.heartbeat());
	}

	@Bean
	StartupLine progressStartupLine(ApplicationContext application, ProgressEventStore store, WebSettings settings) {
		return new StartupLine(application, store, settings);
	}

	@Bean
	@ConditionalOnBean(value = EventStreams.class, search = SearchStrategy.CURRENT)
	StreamsLifecycle progressGoodbye(EventStreams feeds, ConfigurableApplicationContext application) {
		return new StreamsLifecycle(feeds, application);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class ServletConfiguration {

		@Bean
		DefaultMaxStreams progressDefaultMaxStreams(ServletContext context) {
			return DefaultMaxStreams.of(context.getServerInfo());
		}

	}

}
