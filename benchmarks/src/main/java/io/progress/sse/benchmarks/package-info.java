/**
 * <em>Benchmarks</em> of the reporter and the formats, and load <em>scenarios</em> for
 * the streams.
 */
@NullMarked
package io.progress.sse.benchmarks;

import org.jspecify.annotations.NullMarked;
