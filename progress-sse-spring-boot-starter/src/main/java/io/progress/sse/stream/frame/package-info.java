/**
 * The bytes of an event stream: frames, and the JSON in them. Independent of formats and
 * viewers.
 */
@NullMarked
package io.progress.sse.stream.frame;

import org.jspecify.annotations.NullMarked;
