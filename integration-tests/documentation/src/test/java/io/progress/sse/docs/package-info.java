/**
 * Tests of the <em>snippets</em> in the README and in {@code docs/}. They live in a
 * module of their own, because it sees all the others and the libraries that pages
 * mention.
 */
@NullMarked
package io.progress.sse.docs;

import org.jspecify.annotations.NullMarked;
