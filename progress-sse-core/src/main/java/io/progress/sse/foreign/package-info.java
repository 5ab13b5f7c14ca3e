/**
 * Calls of code that this library did not write. For the modules of this library; not an
 * API for applications.
 */
@NullMarked
package io.progress.sse.foreign;

import org.jspecify.annotations.NullMarked;
