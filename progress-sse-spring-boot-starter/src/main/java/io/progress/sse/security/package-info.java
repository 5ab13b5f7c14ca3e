/**
 * The link to Spring Security: who <em>callers</em> are, until when, and that they have
 * logged out. Internal: public only for the modules of this library, not an API.
 */
@NullMarked
package io.progress.sse.security;

import org.jspecify.annotations.NullMarked;
