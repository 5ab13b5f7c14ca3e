/**
 * The endpoints: <em>routes</em> and the <em>handlers</em> that answer them, the same in
 * reactive and in servlet applications. No logic here that is not HTTP.
 */
@NullMarked
package io.progress.sse.web;

import org.jspecify.annotations.NullMarked;
