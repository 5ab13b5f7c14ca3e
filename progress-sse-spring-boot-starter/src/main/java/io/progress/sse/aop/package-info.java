/**
 * Tracks the calls of methods with {@link io.progress.sse.TrackProgress}. Internal:
 * public only for the modules of this library, not an API.
 */
@NullMarked
package io.progress.sse.aop;

import org.jspecify.annotations.NullMarked;
