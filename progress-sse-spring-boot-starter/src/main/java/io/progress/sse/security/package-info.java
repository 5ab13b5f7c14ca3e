/**
 * The integration with Spring Security: who <em>callers</em> are, until when they are
 * known, and when they log out. Internal: public only for the modules of this library,
 * not an API.
 */
@NullMarked
package io.progress.sse.security;

import org.jspecify.annotations.NullMarked;
