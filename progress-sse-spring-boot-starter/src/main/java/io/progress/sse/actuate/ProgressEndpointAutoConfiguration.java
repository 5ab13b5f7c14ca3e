package io.progress.sse.actuate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.progress.sse.ProgressTracker;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.format.ProgressEventFormats;

/**
 * Auto-configuration of the actuator's endpoint.
 */
@AutoConfiguration(afterName = { "io.progress.sse.autoconfigure.ProgressAutoConfiguration",
		"io.progress.sse.autoconfigure.ProgressStreamAutoConfiguration" })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean({ ProgressTracker.class, EventStreams.class })
@ConditionalOnAvailableEndpoint(ProgressEndpoint.class)
@EnableConfigurationProperties(ProgressEndpointProperties.class)
public final class ProgressEndpointAutoConfiguration {

	@Bean
	RunningJobs progressRunningJobs() {
		return new RunningJobs();
	}

	@Bean
	ProgressEndpoint progressEndpoint(RunningJobs running, ProgressTracker tracker, EventStreams streams,
			ProgressEventStore store, ProgressEventFormats formats, ProgressEndpointProperties properties,
			ObjectProvider<SanitizingFunction> sanitizing) {
		ShownValues values = new ShownValues(new Sanitizer(sanitizing.orderedStream().toList()));
		return new ProgressEndpoint(running, tracker, streams, store.getClass().getSimpleName(),
				formats.get(ProgressEventFormats.STANDARD), values, properties.showValues());
	}

	@Bean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	ProgressEndpointWebExtension progressEndpointWebExtension(ProgressEndpoint endpoint,
			ProgressEndpointProperties properties) {
		return new ProgressEndpointWebExtension(endpoint, properties.showValues(), properties.roles());
	}

}
