package io.progress.sse.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it is stored: members that are not there are left out, and ones that a
 * later version added are not looked at.
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
	 * Reads a document.
	 * @throws IllegalArgumentException if it is none
	 */
	static Document read(byte[] json) {
		return new Document(Json.read(json));
	}

	/**
	 * Writes the document.
	 * @throws IllegalArgumentException if a member is no plain value
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

	/** Adds a member by its text. */
	Document withText(String name, @Nullable Object value) {
		return with(name, (value != null) ? value.toString() : null);
	}

	/** Adds an object. */
	Document with(String name, @Nullable Document document) {
		return with(name, (document != null) ? document.members : null);
	}

	/** A member as it is; {@code null} if it is not there. */
	@Nullable Object value(String name) {
		return this.members.get(name);
	}

	/**
	 * A member of a type.
	 * @return the member; {@code null} if it is not there
	 * @throws IllegalArgumentException if it is of another type
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
	 * What a text stands for.
	 * @return its value; {@code null} if it is not there
	 * @throws IllegalArgumentException if it is no text
	 * @throws RuntimeException what the reader throws
	 */
	<T> @Nullable T optional(String name, Function<String, T> reader) {
		String text = optional(name, String.class);
		return (text != null) ? reader.apply(text) : null;
	}

	/** An object; {@code null} if it is not there. */
	@SuppressWarnings("unchecked")
	@Nullable Document object(String name) {
		Map<String, @Nullable Object> object = optional(name, Map.class);
		return (object != null) ? new Document(object) : null;
	}

	/** A text that must be there. */
	String text(String name) {
		return required(name, optional(name, String.class));
	}

	/** What a text stands for that must be there. */
	<T> T required(String name, Function<String, T> reader) {
		return reader.apply(text(name));
	}

	/** A whole number, or another one if it is not there. */
	int integer(String name, int otherwise) {
		Number number = optional(name, Number.class);
		return (number != null) ? number.intValue() : otherwise;
	}

	static <T> T required(String name, @Nullable T value) {
		if (value == null) {
			throw new IllegalArgumentException("'" + name + "' must be there, but is not");
		}
		return value;
	}

}
