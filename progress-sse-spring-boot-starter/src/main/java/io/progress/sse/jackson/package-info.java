/**
 * The application's objects become plain JSON values.
 */
@NullMarked
package io.progress.sse.jackson;

import org.jspecify.annotations.NullMarked;
