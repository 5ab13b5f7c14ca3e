/**
 * <em>Handlers</em> and <em>routes</em> that serve jobs over HTTP; no logic here that is
 * not HTTP.
 */
@NullMarked
package io.progress.sse.web;

import org.jspecify.annotations.NullMarked;
