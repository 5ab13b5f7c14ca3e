package io.progress.sse;

import org.jspecify.annotations.Nullable;

/**
 * Turns an application's object into plain JSON values (see
 * {@link io.progress.sse.event.ProgressEvent}). Called once per value, on the thread that
 * reports it; the value may change afterwards without effect.
 */
@FunctionalInterface
public interface ProgressDataMapper {

	/**
	 * Maps a value.
	 * @param value what the application reported
	 * @return plain JSON values, all of them unmodifiable
	 * @throws IllegalArgumentException if the value cannot be written as JSON
	 */
	@Nullable Object toPlain(@Nullable Object value);

}
