/**
 * The endpoints: <em>routes</em> and the <em>handlers</em> that answer them, the same in
 * reactive and in servlet applications. Contains HTTP logic only.
 */
@NullMarked
package io.progress.sse.web;

import org.jspecify.annotations.NullMarked;
