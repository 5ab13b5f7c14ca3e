/**
 * Converts the application's objects to plain JSON values, with Jackson 3 or 2. Internal:
 * public only for the modules of this library, not an API.
 */
@NullMarked
package io.progress.sse.jackson;

import org.jspecify.annotations.NullMarked;
