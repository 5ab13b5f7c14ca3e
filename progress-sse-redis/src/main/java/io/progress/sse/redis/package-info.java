/**
 * The <em>store</em> that keeps events in Redis, with its <em>keys</em>, its
 * <em>scripts</em> and its <em>codec</em>, and its auto-configuration.
 */
@NullMarked
package io.progress.sse.redis;

import org.jspecify.annotations.NullMarked;
