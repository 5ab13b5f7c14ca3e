package io.progress.sse.web.openapi;

import java.util.Map;
import java.util.Objects;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.SpecVersion;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

import io.progress.sse.web.WebSettings;

/**
 * Adds the endpoints to the description of an application, as far as they are on. What
 * the application itself describes at a path stays.
 */
final class ProtocolCustomizer implements GlobalOpenApiCustomizer {

	private static final String STREAM = Protocol.PATH + "/jobs/{jobId}/events";

	private static final String STATUS = Protocol.PATH + "/jobs/{jobId}";

	private static final String RETRY = Protocol.PATH + "/jobs/{jobId}/retry";

	private static final String MANY = Protocol.PATH + "/events";

	private final WebSettings settings;

	private final boolean retries;

	/**
	 * Creates the customizer.
	 * @param settings the settings
	 * @param retries whether jobs can run again
	 */
	ProtocolCustomizer(WebSettings settings, boolean retries) {
		this.settings = settings;
		this.retries = retries;
	}

	@Override
	public void customise(OpenAPI api) {
		SpecVersion version = api.getSpecVersion();
		OpenAPI protocol = Protocol.read(version);
		if (api.getPaths() == null) {
			api.setPaths(new Paths());
		}
		if (api.getComponents() == null) {
			api.setComponents(new Components());
		}
		Map<String, PathItem> paths = api.getPaths();
		EventSchema events = EventSchema.of(this.settings.format(), protocol);
		protocol.getPaths().forEach((path, item) -> {
			if (this.retries || !path.equals(RETRY)) {
				events.setStreams(item);
				put(this.settings.path() + path.substring(Protocol.PATH.length()), item, paths);
			}
		});
		this.settings.routes().forEach((name, route) -> {
			OpenAPI own = Protocol.read(version);
			put(route.path(), route(STREAM, name, route, own), paths);
			put(route.statusPath(), route(STATUS, name, route, own), paths);
			put(route.manyPath(), route(MANY, name, route, own), paths);
		});
		add(protocol.getComponents(), api.getComponents());
	}

	/**
	 * An endpoint as it is at the path of a route.
	 */
	private static PathItem route(String endpoint, String name, WebSettings.Route route, OpenAPI protocol) {
		PathItem item = Objects.requireNonNull(protocol.getPaths().get(endpoint), endpoint);
		EventSchema.of(route.format(), protocol).setAll(item);
		item.readOperations().forEach((operation) -> operation.operationId(operation.getOperationId() + "_" + name));
		return item;
	}

	private void put(@Nullable String path, PathItem item, Map<String, PathItem> paths) {
		if (path != null) {
			if (!this.settings.cancel().enabled()) {
				item.setDelete(null);
			}
			paths.putIfAbsent(path, item);
		}
	}

	private static void add(Components ours, Components all) {
		ours.getSchemas().forEach((name, schema) -> all.addSchemas(name, schema));
		ours.getParameters().forEach((name, parameter) -> all.addParameters(name, parameter));
		ours.getHeaders().forEach((name, header) -> all.addHeaders(name, header));
		ours.getResponses().forEach((name, response) -> all.addResponses(name, response));
	}

}
