/**
 * Runs jobs: lets them in, turns what workers report into events, and carries the events
 * to the store. Begin at {@link io.progress.sse.engine.ProgressTrackerBuilder}.
 */
@NullMarked
package io.progress.sse.engine;

import org.jspecify.annotations.NullMarked;
