package io.progress.sse.autoconfigure;

import java.util.Locale;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.progress.sse.stream.StreamMeters;
import io.progress.sse.stream.ViewerKind;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.ticket.StreamTickets;

/**
 * Auto-configuration of the meters of streams.
 */
@AutoConfiguration(before = ProgressStreamAutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class ProgressStreamMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(StreamMeters.class)
	MicrometerStreamMeters progressStreamMeters(MeterRegistry registry) {
		return new MicrometerStreamMeters(registry);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "progress.sse.metrics.streams-as-requests", havingValue = false,
			matchIfMissing = true)
	static StreamRequestFilter progressStreamRequestFilter() {
		return new StreamRequestFilter();
	}

	@Bean
	MeterBinder progressTicketMeters(ObjectProvider<StreamTickets> tickets) {
		return (registry) -> tickets.ifAvailable((out) -> {
			Gauge.builder("progress.sse.tickets", out, StreamTickets::outstanding)
				.description("Tickets that this node has issued and that were not used here yet")
				.baseUnit("tickets")
				.register(registry);
			FunctionCounter.builder("progress.sse.tickets.issued", out, StreamTickets::issued)
				.description("Tickets that this node has issued")
				.register(registry);
			FunctionCounter.builder("progress.sse.tickets.redeemed", out, StreamTickets::redeemed)
				.description("Tickets that were used on this node")
				.register(registry);
			FunctionCounter.builder("progress.sse.tickets.refused", out, StreamTickets::refused)
				.description("Tickets refused because of a limit")
				.register(registry);
		});
	}

	@Bean
	MeterBinder progressStreamGauges(ObjectProvider<EventStreams> feeds) {
		return (registry) -> feeds.ifAvailable((streams) -> {
			Gauge.builder("progress.sse.streams", streams, EventStreams::streams)
				.description("Open streams")
				.baseUnit("streams")
				.register(registry);
			for (ViewerKind kind : ViewerKind.values()) {
				Gauge.builder("progress.sse.viewers", streams, (each) -> each.viewers(kind))
					.description("Viewers that follow jobs, by where they are")
					.baseUnit("viewers")
					.tag("stack", kind.name().toLowerCase(Locale.ROOT))
					.register(registry);
			}
			FunctionCounter.builder("progress.sse.events.replayed", streams, EventStreams::replayedEvents)
				.description("Stored events that were read again for viewers")
				.register(registry);
			Gauge.builder("progress.sse.feeds", streams, EventStreams::feeds)
				.description("Jobs that are followed for viewers")
				.baseUnit("jobs")
				.register(registry);
			Gauge.builder("progress.sse.awaited", streams, EventStreams::awaitedJobs)
				.description("Jobs that streams wait for")
				.baseUnit("jobs")
				.register(registry);
		});
	}

}
