/**
 * Follows the events of a job in any store, without a gap and without a duplicate.
 */
@NullMarked
package io.progress.sse.tail;

import org.jspecify.annotations.NullMarked;
