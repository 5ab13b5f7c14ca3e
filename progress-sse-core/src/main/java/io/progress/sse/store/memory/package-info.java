/**
 * The store of an application that has one node: everything stays in this process.
 */
@NullMarked
package io.progress.sse.store.memory;

import org.jspecify.annotations.NullMarked;
