/**
 * <em>Callers</em> and the <em>policy</em> that decides which jobs they may see. Beans of
 * these types replace the defaults.
 */
@NullMarked
package io.progress.sse.web.access;

import org.jspecify.annotations.NullMarked;
