/**
 * <em>Load</em> on servlet containers; started by hand, see {@code docs/performance.md}.
 */
@NullMarked
package io.progress.sse.servlettests.load;

import org.jspecify.annotations.NullMarked;
