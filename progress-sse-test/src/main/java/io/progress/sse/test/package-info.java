/**
 * The test kit, for applications and for authors of stores.
 * <ul>
 * <li>The <em>store contract</em> is the promise that every store keeps.</li>
 * <li>A <em>chaotic store</em> fails as networks do, and a <em>tail checker</em> sees
 * whether a reader notices.</li>
 * <li>A <em>recording reporter</em> remembers what a worker said.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse.test;

import org.jspecify.annotations.NullMarked;
