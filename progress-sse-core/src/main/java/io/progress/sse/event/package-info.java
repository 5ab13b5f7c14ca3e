/**
 * Values without behaviour, except that they check their fields.
 * <ul>
 * <li>An <em>event</em> is the state of a job at one moment.</li>
 * <li>A <em>job id</em> names one run, a <em>state</em> is a step of its life cycle.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse.event;

import org.jspecify.annotations.NullMarked;
