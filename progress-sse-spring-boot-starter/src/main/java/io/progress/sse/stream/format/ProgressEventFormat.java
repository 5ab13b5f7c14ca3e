package io.progress.sse.stream.format;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.ProgressEvent;

/**
 * The shape of events for one kind of client: the name of the SSE event, and the JSON or
 * the text in its {@code data:}. The {@code id:} is always the store's. A format is a
 * pure function: it keeps nothing, never blocks, and may be called by several threads,
 * once per event and not once per viewer. Each bean of this type adds a format.
 *
 * <p>
 * An event that a format cannot write, because it throws or breaks a rule below, is
 * written by the {@code standard} format without {@code data} and {@code result}.
 */
public interface ProgressEventFormat {

	/**
	 * The name that configuration uses.
	 * @return {@code [a-z][a-z0-9_-]{0,31}}, not the name of another format
	 */
	String name();

	/**
	 * The name of the SSE event.
	 * @param event the event
	 * @return {@code [a-z][a-z0-9_.-]{0,31}} but not {@code error}, {@code open} or
	 * {@code message} unless {@link #usesBrowserEventNames()} says so; {@code null} for
	 * none, which a browser delivers as {@code message}
	 */
	@Nullable String eventName(ProgressEvent event);

	/**
	 * Whether {@link #eventName} may be {@code error}, {@code open} or {@code message},
	 * for clients that were promised such a name. They are names of the browser's own
	 * events: a listener for {@code error} is called for a lost connection, too.
	 * @return {@code false} by default
	 */
	default boolean usesBrowserEventNames() {
		return false;
	}

	/**
	 * The data of the event, as JSON.
	 * @param event the event
	 * @return plain JSON values: {@code null}, text, {@code Boolean}, {@code Number}, and
	 * lists and string-keyed maps of these
	 */
	@Nullable Object data(ProgressEvent event);

	/**
	 * The data of the event as text that is sent as it is, such as a fragment of HTML, in
	 * place of the JSON of {@link #data}. A client gets each line break in it, of
	 * whatever kind, as a line feed, and NUL as U+FFFD. The format escapes texts of the
	 * job as its kind of text needs. On a stream of many jobs the text has to name its
	 * job itself. Clients that poll get JSON all the same, from {@link #snapshot}.
	 * @param event the event
	 * @return the text; {@code null} by default, for JSON
	 */
	default @Nullable String text(ProgressEvent event) {
		return null;
	}

	/**
	 * Whether clients get the event at all. An event without news in this format can be
	 * left out; the ends of jobs are always sent.
	 * @param event the event
	 * @return {@code true} by default
	 */
	default boolean isShown(ProgressEvent event) {
		return true;
	}

	/**
	 * The data of the event for a client that polls, which gets no name: the same, unless
	 * the format says otherwise.
	 * @param event the newest event
	 * @return plain JSON values, as for {@link #data}
	 */
	default @Nullable Object snapshot(ProgressEvent event) {
		return data(event);
	}

}
