/**
 * <em>Tickets</em>: each represents a caller, once, for a short time and for one job.
 */
@NullMarked
package io.progress.sse.web.ticket;

import org.jspecify.annotations.NullMarked;
