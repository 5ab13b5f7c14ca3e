/**
 * Helpers that are independent of jobs: safe calls of application code, cleaning of texts
 * for JSON and logs, time that never goes back. Internal: public only for the other
 * modules of this library, not an API.
 */
@NullMarked
package io.progress.sse.support;

import org.jspecify.annotations.NullMarked;
