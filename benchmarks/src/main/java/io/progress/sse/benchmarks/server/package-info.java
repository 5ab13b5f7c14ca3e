/**
 * Two <em>servers</em> that do the same work: one with this library, one written by hand.
 */
@NullMarked
package io.progress.sse.benchmarks.server;

import org.jspecify.annotations.NullMarked;
