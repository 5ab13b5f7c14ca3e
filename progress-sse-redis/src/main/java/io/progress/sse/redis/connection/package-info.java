/**
 * The <em>link</em> to Redis: connections, commands and scripts, and the kinds of
 * failures. Internal: public only for the modules of this library, not an API.
 */
@NullMarked
package io.progress.sse.redis.connection;

import org.jspecify.annotations.NullMarked;
