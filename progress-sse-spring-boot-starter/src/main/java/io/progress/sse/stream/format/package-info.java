/**
 * Formats: the name and the data of an event as clients of one kind know them. An
 * application adds its own as beans of type
 * {@link io.progress.sse.stream.format.ProgressEventFormat}.
 */
@NullMarked
package io.progress.sse.stream.format;

import org.jspecify.annotations.NullMarked;
