/**
 * Auto-configuration of the tracker and of streams, and their properties. Contains wiring
 * only; other packages have auto-configurations of their own.
 */
@NullMarked
package io.progress.sse.autoconfigure;

import org.jspecify.annotations.NullMarked;
