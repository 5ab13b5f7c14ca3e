/**
 * What the author of an application types, and nothing else.
 * <ul>
 * <li>A <em>job</em> is one run of one tracked method or task.</li>
 * <li>A <em>reporter</em> is what the worker calls; a call is a memory write.</li>
 * <li>A <em>tracker</em> starts jobs.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse;

import org.jspecify.annotations.NullMarked;
