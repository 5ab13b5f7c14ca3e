/**
 * The bytes of an event stream: frames, and the JSON in them. Knows nothing of formats
 * and viewers. Internal: public only for the modules of this library, not an API.
 */
@NullMarked
package io.progress.sse.stream.frame;

import org.jspecify.annotations.NullMarked;
