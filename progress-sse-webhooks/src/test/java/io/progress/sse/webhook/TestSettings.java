package io.progress.sse.webhook;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Settings made of properties, such as {@code "timeout=2s"}, a secret and defaults.
 */
final class TestSettings {

	private static final String PREFIX = "progress.sse.webhooks";

	private TestSettings() {
	}

	static WebhookSettings of(String... properties) {
		Map<String, String> values = Stream.of(properties)
			.map((property) -> property.split("=", 2))
			.collect(Collectors.toMap((property) -> PREFIX + "." + property[0], (property) -> property[1]));
		values.put(PREFIX + ".secrets", WebhookClientTests.SECRET);
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(PREFIX, WebhookSettings.class);
	}

}
