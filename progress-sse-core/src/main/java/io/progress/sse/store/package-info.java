/**
 * The interfaces that a store implements, and their values.
 * <ul>
 * <li>A <em>store</em> keeps the events of a job, gives each its id, and replays and
 * follows them.</li>
 * <li>An <em>event id</em> orders the events of one job and serves as a cursor.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse.store;

import org.jspecify.annotations.NullMarked;
