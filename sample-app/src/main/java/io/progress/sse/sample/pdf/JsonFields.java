package io.progress.sse.sample.pdf;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ResponseStatusException;

/**
 * The fields of a JSON object that a client sent, each asked for as what it must be.
 * Whatever is something else is refused with status 400, and so is in the end whatever
 * nobody has asked for: it may be an option that is misspelt.
 */
final class JsonFields {

	private static final int MAX_ECHO = 40;

	private final String path;

	private final Map<String, ? extends @Nullable Object> values;

	private final Set<String> asked = new HashSet<>();

	JsonFields(Map<String, ? extends @Nullable Object> values) {
		this("", values);
	}

	private JsonFields(String path, Map<String, ? extends @Nullable Object> values) {
		this.path = path;
		this.values = values;
	}

	String text(String name) {
		if (value(name) instanceof String text && !text.isBlank()) {
			return text;
		}
		throw invalid(name, "a text");
	}

	boolean has(String name) {
		return value(name) != null;
	}

	boolean flag(String name) {
		Object value = value(name);
		if (value instanceof Boolean flag) {
			return flag;
		}
		if (value != null) {
			throw invalid(name, "true or false");
		}
		return false;
	}

	double number(String name, double min, double max, double otherwise) {
		Object value = value(name);
		if (value == null) {
			return otherwise;
		}
		if (value instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max) {
			return number.doubleValue();
		}
		throw invalid(name, "a number from " + plain(min) + " to " + plain(max));
	}

	<E extends Enum<E>> E oneOf(String name, E otherwise) {
		E[] choices = otherwise.getDeclaringClass().getEnumConstants();
		Object value = value(name);
		return (value == null) ? otherwise : Arrays.stream(choices)
			.filter((choice) -> value instanceof String text && nameOf(choice).equalsIgnoreCase(text))
			.findFirst()
			.orElseThrow(() -> invalid(name,
					"one of " + Arrays.stream(choices).map(JsonFields::nameOf).collect(Collectors.joining(", "))));
	}

	/** The fields of a field; none if it is not there. */
	JsonFields object(String name) {
		Object value = value(name);
		return (value != null) ? of(this.path + name, value) : new JsonFields(this.path + name + ".", Map.of());
	}

	/** The fields of each element of a field. */
	List<JsonFields> objects(String name, int max) {
		if (value(name) instanceof List<?> list && !list.isEmpty() && list.size() <= max) {
			return IntStream.range(0, list.size())
				.mapToObj((i) -> of(this.path + name + "[" + i + "]", list.get(i)))
				.toList();
		}
		throw invalid(name, "a list of 1 to " + max + " objects");
	}

	void refuseOthers() {
		this.values.keySet().stream().filter((name) -> !this.asked.contains(name)).findFirst().ifPresent((name) -> {
			throw refused("'" + this.path + echo(name) + "' is not known here; known are "
					+ String.join(", ", this.asked.stream().sorted().toList()));
		});
	}

	ResponseStatusException invalid(String name, String rule) {
		return invalid(this.path + name, rule, this.values.get(name));
	}

	private @Nullable Object value(String name) {
		this.asked.add(name);
		return this.values.get(name);
	}

	@SuppressWarnings("unchecked")
	private static JsonFields of(String path, @Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			// A JSON object has no other keys than texts.
			return new JsonFields(path + ".", (Map<String, @Nullable Object>) map);
		}
		throw invalid(path, "an object", value);
	}

	private static ResponseStatusException invalid(String path, String rule, @Nullable Object value) {
		return refused("'" + path + "' must be " + rule + ", but is "
				+ ((value != null) ? "'" + echo(value) + "'" : "missing"));
	}

	private static ResponseStatusException refused(String detail) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, detail);
	}

	private static String echo(Object value) {
		return StringUtils.truncate(String.valueOf(value), MAX_ECHO);
	}

	private static String nameOf(Enum<?> choice) {
		return choice.name().toLowerCase(Locale.ROOT);
	}

	private static String plain(double number) {
		return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
	}

}
