/**
 * Auto-configuration of the tracker and of streams, and their properties. Wiring only;
 * the other concerns bring their own.
 */
@NullMarked
package io.progress.sse.autoconfigure;

import org.jspecify.annotations.NullMarked;
