package io.progress.sse.openapitests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Yaml31;

/**
 * The OpenAPI description in docs, as a tree.
 */
final class Description {

	private static final Path FILE = Path.of("..", "..", "docs", "openapi.yaml");

	private final JsonNode root;

	Description() {
		try {
			this.root = Yaml31.mapper().readTree(FILE.toFile());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	JsonNode root() {
		return this.root;
	}

	/**
	 * What a node refers to, or the node itself.
	 */
	JsonNode resolve(JsonNode node) {
		JsonNode reference = node.path("$ref");
		return reference.isMissingNode() ? node : resolve(this.root.at(reference.asText().substring(1)));
	}

	/**
	 * The description of a response; a missing node if only the default describes it.
	 */
	JsonNode response(String operation, int status) {
		int space = operation.indexOf(' ');
		return resolve(this.root.path("paths")
			.path(operation.substring(space + 1))
			.path(operation.substring(0, space).toLowerCase(java.util.Locale.ROOT))
			.path("responses")
			.path(String.valueOf(status)));
	}

	/**
	 * All responses with their own description, with each of their media types.
	 */
	Set<String> responses() {
		Set<String> all = new TreeSet<>();
		for (Map.Entry<String, JsonNode> path : this.root.path("paths").properties()) {
			for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
				for (Map.Entry<String, JsonNode> each : method.getValue().path("responses").properties()) {
					if (!each.getKey().equals("default")) {
						String name = method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey() + " "
								+ each.getKey();
						JsonNode content = resolve(each.getValue()).path("content");
						content.fieldNames().forEachRemaining((type) -> all.add(name + " " + type));
						if (content.isMissingNode()) {
							all.add(name);
						}
					}
				}
			}
		}
		return all;
	}

}
