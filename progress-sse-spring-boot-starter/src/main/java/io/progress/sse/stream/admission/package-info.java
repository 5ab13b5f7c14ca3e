/**
 * The entry to event streams: {@link io.progress.sse.stream.admission.EventStreams}
 * answers each request with a stream or with a reason against it.
 */
@NullMarked
package io.progress.sse.stream.admission;

import org.jspecify.annotations.NullMarked;
