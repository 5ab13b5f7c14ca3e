/**
 * The API for authors of applications.
 * <ul>
 * <li>A <em>job</em> is one run of one tracked method or task.</li>
 * <li>A <em>reporter</em> is the object that the worker calls; a call is a write to
 * memory.</li>
 * <li>A <em>tracker</em> starts jobs.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse;

import org.jspecify.annotations.NullMarked;
