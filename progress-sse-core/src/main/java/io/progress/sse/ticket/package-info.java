/**
 * One-time tickets, with which a browser opens a stream without a token in its URL.
 */
@NullMarked
package io.progress.sse.ticket;

import org.jspecify.annotations.NullMarked;
