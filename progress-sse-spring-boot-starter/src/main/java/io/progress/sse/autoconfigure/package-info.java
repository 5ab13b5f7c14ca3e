/**
 * <em>Auto-configuration</em> of the starter and its <em>properties</em>; wiring only.
 */
@NullMarked
package io.progress.sse.autoconfigure;

import org.jspecify.annotations.NullMarked;
