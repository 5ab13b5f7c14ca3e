package io.progress.sse.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it is stored: absent members are omitted, and unknown members of later
 * versions are ignored.
 */
final class Document {

	private final Map<String, @Nullable Object> members;

	Document() {
		this(new LinkedHashMap<>());
	}

	private Document(Map<String, @Nullable Object> members) {
		this.members = members;
	}

	/**
	 * Parses a document.
	 * @throws IllegalArgumentException if it is not valid
	 */
	static Document read(byte[] json) {
		return new Document(Json.read(json));
	}

	/**
	 * Writes the document.
	 * @throws IllegalArgumentException if a member is not a plain value
	 */
	byte[] write() {
		return Json.write(this.members);
	}

	/** Adds a member. */
	Document with(String name, @Nullable Object plain) {
		if (plain != null) {
			this.members.put(name, plain);
		}
		return this;
	}

	/** Adds a member as text. */
	Document withText(String name, @Nullable Object value) {
		return with(name, (value != null) ? value.toString() : null);
	}

	/** Adds an object. */
	Document with(String name, @Nullable Document document) {
		return with(name, (document != null) ? document.members : null);
	}

	/** Returns a member of any type; {@code null} if it is absent. */
	@Nullable Object value(String name) {
		return this.members.get(name);
	}

	/**
	 * Returns a member of a type.
	 * @return the member; {@code null} if it is absent
	 * @throws IllegalArgumentException if it has another type
	 */
	<T> @Nullable T optional(String name, Class<T> type) {
		Object value = value(name);
		if (value != null && !type.isInstance(value)) {
			throw new IllegalArgumentException("'" + name + "' must be a " + type.getSimpleName() + ", but is a "
					+ value.getClass().getSimpleName());
		}
		return type.cast(value);
	}

	/**
	 * Returns a member that is parsed from its text.
	 * @return its value; {@code null} if it is absent
	 * @throws IllegalArgumentException if it is not a text
	 * @throws RuntimeException if the parser throws one
	 */
	<T> @Nullable T optional(String name, Function<String, T> reader) {
		String text = optional(name, String.class);
		return (text != null) ? reader.apply(text) : null;
	}

	/** Returns an object; {@code null} if it is absent. */
	@SuppressWarnings("unchecked")
	@Nullable Document object(String name) {
		Map<String, @Nullable Object> object = optional(name, Map.class);
		return (object != null) ? new Document(object) : null;
	}

	/** Returns a required text. */
	String text(String name) {
		return required(name, optional(name, String.class));
	}

	/** Returns a required member that is parsed from its text. */
	<T> T required(String name, Function<String, T> reader) {
		return reader.apply(text(name));
	}

	/** Returns a whole number, or the default if it is absent. */
	int integer(String name, int otherwise) {
		Number number = optional(name, Number.class);
		return (number != null) ? number.intValue() : otherwise;
	}

	static <T> T required(String name, @Nullable T value) {
		if (value == null) {
			throw new IllegalArgumentException("'" + name + "' must be present, but is not");
		}
		return value;
	}

}
