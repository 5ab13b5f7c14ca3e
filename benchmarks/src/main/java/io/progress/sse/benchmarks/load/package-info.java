/**
 * Load <em>scenarios</em>: an <em>audience</em> of viewers watches jobs of a <em>server
 * process</em>, ours or a hand-written one, and what arrives is measured.
 */
@NullMarked
package io.progress.sse.benchmarks.load;

import org.jspecify.annotations.NullMarked;
