/**
 * The bytes of an event stream: frames, and the JSON in them. Knows nothing of formats
 * and viewers.
 */
@NullMarked
package io.progress.sse.stream.frame;

import org.jspecify.annotations.NullMarked;
