package io.progress.sse.stream.format;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.ProgressEvent;

/**
 * The shape of events for one kind of client: the name of the SSE event, and the JSON or
 * the text in its {@code data:}. The {@code id:} is always the store's. A format is a
 * pure function: it has no state, never blocks, and may be called by several threads. It
 * is called once per event, not once per viewer. Each bean of this type adds a format.
 *
 * <p>
 * An event that a format cannot write, because it throws or breaks a rule below, is
 * written by the {@code standard} format without {@code data} and {@code result}.
 */
public interface ProgressEventFormat {

	/**
	 * Returns the name that is used in properties.
	 * @return {@code [a-z][a-z0-9_-]{0,31}}, not the name of another format
	 */
	String name();

	/**
	 * Returns the name of the SSE event.
	 * @param event the event
	 * @return {@code [a-z][a-z0-9_.-]{0,31}} but not {@code error}, {@code open} or
	 * {@code message} unless {@link #usesBrowserEventNames()} returns true; {@code null}
	 * for no name, which a browser delivers as {@code message}
	 */
	@Nullable String eventName(ProgressEvent event);

	/**
	 * Whether {@link #eventName} may be {@code error}, {@code open} or {@code message},
	 * for existing clients that expect such a name. Browsers have events of these names:
	 * a listener for {@code error} is also called for a lost connection.
	 * @return {@code false} by default
	 */
	default boolean usesBrowserEventNames() {
		return false;
	}

	/**
	 * Returns the data of the event, as JSON.
	 * @param event the event
	 * @return plain JSON values: {@code null}, text, {@code Boolean}, {@code Number}, and
	 * lists and string-keyed maps of these
	 */
	@Nullable Object data(ProgressEvent event);

	/**
	 * Returns the data of the event as text, such as a fragment of HTML, in place of the
	 * JSON of {@link #data}. It is sent unchanged, except that a client gets each kind of
	 * line break as a line feed, and NUL as U+FFFD. The format must escape texts of the
	 * job, for instance for HTML. On a stream of many jobs the text must name its job
	 * itself. Polling clients still get JSON, from {@link #snapshot}.
	 * @param event the event
	 * @return the text; {@code null} by default, for JSON
	 */
	default @Nullable String text(ProgressEvent event) {
		return null;
	}

	/**
	 * Whether clients get the event at all. A format can leave out an event that changes
	 * nothing in its data; the ends of jobs are always sent.
	 * @param event the event
	 * @return {@code true} by default
	 */
	default boolean isShown(ProgressEvent event) {
		return true;
	}

	/**
	 * Returns the data of the event for a polling client, which gets no event name. By
	 * default the same as {@link #data}.
	 * @param event the newest event
	 * @return plain JSON values, as for {@link #data}
	 */
	default @Nullable Object snapshot(ProgressEvent event) {
		return data(event);
	}

}
