/**
 * Who a caller is, and from where pages may call.
 */
@NullMarked
package io.progress.sse.sample.access;

import org.jspecify.annotations.NullMarked;
