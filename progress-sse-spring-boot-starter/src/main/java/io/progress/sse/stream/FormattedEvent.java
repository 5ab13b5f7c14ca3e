package io.progress.sse.stream;

import org.jspecify.annotations.Nullable;

/**
 * An event as a client gets it, but for its id.
 *
 * @param name name of the SSE event; {@code null} for none
 * @param data one line of JSON
 */
public record FormattedEvent(@Nullable String name, String data) {

}
