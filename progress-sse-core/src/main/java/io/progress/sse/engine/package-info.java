/**
 * Runs jobs: admits them, turns the reports of workers into events, and writes the events
 * to the store. Begin at {@link io.progress.sse.engine.ProgressTrackerBuilder}.
 */
@NullMarked
package io.progress.sse.engine;

import org.jspecify.annotations.NullMarked;
