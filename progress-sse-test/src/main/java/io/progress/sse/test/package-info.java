/**
 * The test kit, for applications and for authors of stores.
 * <ul>
 * <li>The <em>store contract</em> is the set of tests that every store must pass.</li>
 * <li>A <em>chaotic store</em> fails as networks do, and a <em>tail checker</em> checks
 * what a reader sees.</li>
 * <li>A <em>recording reporter</em> records what a worker reports.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse.test;

import org.jspecify.annotations.NullMarked;
