/**
 * Formats: the name and the data of an event for one kind of client. An application adds
 * its own formats as beans of type
 * {@link io.progress.sse.stream.format.ProgressEventFormat}.
 */
@NullMarked
package io.progress.sse.stream.format;

import org.jspecify.annotations.NullMarked;
