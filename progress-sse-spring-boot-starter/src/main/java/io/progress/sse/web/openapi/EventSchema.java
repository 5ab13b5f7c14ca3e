package io.progress.sse.web.openapi;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;

/**
 * The schema of the events of a format. An endpoint is described with events of the
 * format {@code standard}, which this schema takes the place of.
 *
 * @param reference the reference to the schema; empty if the format is one of the
 * application, whose events are not known
 */
record EventSchema(String reference) {

	private static final String STANDARD = "#/components/schemas/ProgressEvent";

	private static final String STREAM = "text/event-stream";

	static EventSchema of(String format, OpenAPI protocol) {
		String name = format.equals("standard") ? "ProgressEvent"
				: "Progress" + format.substring(0, 1).toUpperCase(Locale.ROOT) + format.substring(1) + "Event";
		boolean known = protocol.getComponents().getSchemas().containsKey(name);
		return new EventSchema(known ? "#/components/schemas/" + name : "");
	}

	/**
	 * Sets it on streams; polling clients get the format {@code standard}.
	 */
	void setStreams(PathItem item) {
		contents(item).forEach((type, content) -> {
			if (type.equals(STREAM)) {
				set(content);
			}
		});
	}

	/**
	 * Sets it on streams and for polling clients.
	 */
	void setAll(PathItem item) {
		contents(item).values().forEach(this::set);
	}

	private static Map<String, MediaType> contents(PathItem item) {
		return Optional.ofNullable(item.getGet())
			.map(Operation::getResponses)
			.map((responses) -> responses.get("200"))
			.map(ApiResponse::getContent)
			.<Map<String, MediaType>>map((content) -> content)
			.orElse(Map.of());
	}

	private void set(MediaType content) {
		Schema<?> schema = content.getSchema();
		if (schema.getOneOf() != null) {
			// Routes have no pages of all jobs.
			schema = schema.getOneOf().get(0);
			content.setSchema(schema);
		}
		Schema<?> event = (schema.getItems() != null) ? schema.getItems() : schema;
		if (STANDARD.equals(event.get$ref())) {
			event.set$ref(this.reference.isEmpty() ? null : this.reference);
		}
	}

}
