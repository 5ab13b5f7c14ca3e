package io.progress.sse.stream.format;

import org.jspecify.annotations.Nullable;

/**
 * An event in the form that a client gets, without its id.
 *
 * @param name name of the SSE event; {@code null} for none
 * @param data one line of JSON, or the lines of a text, separated by line feeds
 */
public record FormattedEvent(@Nullable String name, String data) {

}
