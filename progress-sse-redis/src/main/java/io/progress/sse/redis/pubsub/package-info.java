/**
 * <em>Subscriptions</em> to channels of Redis that survive failures of connections and
 * servers. Internal: public only for the modules of this library, not an API.
 */
@NullMarked
package io.progress.sse.redis.pubsub;

import org.jspecify.annotations.NullMarked;
