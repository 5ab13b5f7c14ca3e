/**
 * Values, free of behaviour beyond their own validation.
 * <ul>
 * <li>An <em>event</em> says where a job stood at one moment.</li>
 * <li>A <em>job id</em> names the job, a <em>state</em> its place in life.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse.event;

import org.jspecify.annotations.NullMarked;
