package io.progress.sse.web;

import java.net.URI;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The request header by which a client may name a URL that is told of its job's end.
 */
public final class WebhookHeader {

	/** No header: clients may not name a URL. */
	public static final WebhookHeader NONE = new WebhookHeader("", (name, url) -> url);

	private final String name;

	private final BiFunction<String, URI, URI> check;

	/**
	 * Creates a header.
	 * @param name the header's name; empty for none
	 * @param check gets the name and a URL and returns the URL, or throws an
	 * {@link IllegalArgumentException} whose message the client may see
	 */
	public WebhookHeader(String name, BiFunction<String, URI, URI> check) {
		this.name = name;
		this.check = check;
	}

	/**
	 * Reads a request's URL.
	 * @param headers gives the value of a header, or {@code null}
	 * @return the URL; {@code null} if there is none
	 * @throws IllegalArgumentException if the URL is not allowed; the client may see the
	 * message
	 */
	public @Nullable URI read(UnaryOperator<@Nullable String> headers) {
		String value = this.name.isEmpty() ? null : headers.apply(this.name);
		return (value != null) ? this.check.apply(this.name, parse(value)) : null;
	}

	private URI parse(String value) {
		try {
			return URI.create(value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("'" + this.name + "' must be a URL", ex);
		}
	}

}
