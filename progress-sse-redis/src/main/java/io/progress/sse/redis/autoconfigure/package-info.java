/**
 * <em>Auto-configuration</em> of the Redis store; wiring only.
 */
@NullMarked
package io.progress.sse.redis.autoconfigure;

import org.jspecify.annotations.NullMarked;
