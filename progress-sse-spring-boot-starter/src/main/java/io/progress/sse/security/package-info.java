/**
 * What Spring Security knows about <em>callers</em>: who they are, until when, and that
 * they have logged out.
 */
@NullMarked
package io.progress.sse.security;

import org.jspecify.annotations.NullMarked;
