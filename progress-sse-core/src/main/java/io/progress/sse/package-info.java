/**
 * What the author of an application types. This package is the front door: it imports its
 * children, and they never import it.
 * <ul>
 * <li>A <em>job</em> is one run of one tracked method or task.</li>
 * <li>A <em>reporter</em> is what the worker calls; a call is a memory write.</li>
 * <li>The <em>ticker</em> samples every running job and turns change into events.</li>
 * <li>An <em>outbox</em> carries the events of one job to the store, in order.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse;

import org.jspecify.annotations.NullMarked;
