/**
 * Tests of the <em>snippets</em> in the README and in {@code docs/}. They live in this
 * module because it sees all the others.
 */
@NullMarked
package io.progress.sse.redis.docs;

import org.jspecify.annotations.NullMarked;
