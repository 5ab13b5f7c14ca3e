/**
 * Small tools that know nothing of jobs: calls of code that this library did not write,
 * texts made fit for the wire and for logs, time that never goes back. Internal: public
 * only for the modules of this library, not an API.
 */
@NullMarked
package io.progress.sse.support;

import org.jspecify.annotations.NullMarked;
