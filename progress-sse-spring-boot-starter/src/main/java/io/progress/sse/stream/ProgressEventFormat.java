package io.progress.sse.stream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.ProgressEvent;

/**
 * Decides how an event looks to a client: the name of the SSE event and the JSON in its
 * {@code data:}. The {@code id:} is always the store's. A format is a pure function: it
 * keeps nothing, never blocks, and may be called by several threads, once per event and
 * not once per viewer. Each bean of this type adds a format.
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
	 * {@code message}, which collide with the browser's own events; {@code null} for
	 * none, which a browser delivers as {@code message}
	 */
	@Nullable String eventName(ProgressEvent event);

	/**
	 * What the event says.
	 * @param event the event
	 * @return plain JSON values: {@code null}, text, {@code Boolean}, {@code Number}, and
	 * lists and string-keyed maps of these
	 */
	@Nullable Object data(ProgressEvent event);

	/**
	 * Whether clients get the event at all. An event that says nothing new in this format
	 * can be left out; the ends of jobs are always sent.
	 * @param event the event
	 * @return {@code true} by default
	 */
	default boolean isShown(ProgressEvent event) {
		return true;
	}

	/**
	 * What a client is told that polls, and so hears no name: the same, unless the format
	 * says otherwise.
	 * @param event the newest event
	 * @return plain JSON values, as for {@link #data}
	 */
	default @Nullable Object snapshot(ProgressEvent event) {
		return data(event);
	}

}
