package io.progress.sse.openapitests;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Checks JSON against a schema, as far as the description uses schemas. Members that the
 * schema does not name are faults.
 */
final class SchemaCheck {

	private final Description description;

	SchemaCheck(Description description) {
		this.description = description;
	}

	/**
	 * The faults of a value.
	 */
	List<String> faults(JsonNode value, JsonNode schema) {
		List<String> faults = new ArrayList<>();
		check("", value, schema, faults);
		return faults;
	}

	private void check(String place, JsonNode value, JsonNode reference, List<String> faults) {
		JsonNode schema = this.description.resolve(reference);
		if (schema.has("oneOf")) {
			long fitting = schema.path("oneOf").valueStream().filter((each) -> faults(value, each).isEmpty()).count();
			expect(fitting == 1, place, fitting + " of the schemas fit", faults);
		}
		expect(isOfType(value, schema.path("type").asText("any")), place, value + " is no " + schema.path("type"),
				faults);
		if (schema.has("enum")) {
			expect(schema.path("enum").valueStream().anyMatch(value::equals), place, value + " is none of the words",
					faults);
		}
		expect(!schema.has("minimum") || value.asDouble() >= schema.path("minimum").asDouble(), place, "small", faults);
		expect(!schema.has("maximum") || value.asDouble() <= schema.path("maximum").asDouble(), place, "large", faults);
		schema.path("required")
			.forEach((name) -> expect(value.has(name.asText()), place, name + " is missing", faults));
		if (schema.has("items")) {
			value.forEach((each) -> check(place + "[]", each, schema.path("items"), faults));
		}
		if (schema.has("properties")) {
			value.properties().forEach((member) -> {
				JsonNode known = schema.path("properties").path(member.getKey());
				if (known.isMissingNode()) {
					expect(schema.path("additionalProperties").asBoolean(), place, member + " is not described",
							faults);
				}
				else {
					check(place + "/" + member.getKey(), member.getValue(), known, faults);
				}
			});
		}
	}

	private static boolean isOfType(JsonNode value, String type) {
		return switch (type) {
			case "object" -> value.isObject();
			case "array" -> value.isArray();
			case "string" -> value.isTextual();
			case "integer" -> value.isIntegralNumber();
			case "number" -> value.isNumber();
			case "boolean" -> value.isBoolean();
			default -> true;
		};
	}

	private static void expect(boolean truth, String place, String fault, List<String> faults) {
		if (!truth) {
			faults.add(place + ": " + fault);
		}
	}

}
