package io.progress.sse;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.progress.sse.stream.StreamSettings;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.ticket.TicketSettings;

/**
 * Settings made of properties, such as {@code "heartbeat=50ms"}, and defaults.
 */
public final class TestSettings {

	private TestSettings() {
	}

	public static StreamSettings streams(String... properties) {
		return of("progress.sse", StreamSettings.class, properties);
	}

	public static WebSettings endpoints(String... properties) {
		return of("progress.sse", WebSettings.class, properties);
	}

	public static TicketSettings tickets(String... properties) {
		return of("progress.sse.tickets", TicketSettings.class, properties);
	}

	private static <T> T of(String prefix, Class<T> type, String... properties) {
		Map<String, String> values = Stream.of(properties)
			.map((property) -> property.split("=", 2))
			.collect(Collectors.toMap((property) -> prefix + "." + property[0], (property) -> property[1]));
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
	}

}
