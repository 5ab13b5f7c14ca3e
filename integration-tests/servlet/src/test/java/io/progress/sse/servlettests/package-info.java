/**
 * What holds in every <em>servlet container</em> that Spring Boot ships.
 */
@NullMarked
package io.progress.sse.servlettests;

import org.jspecify.annotations.NullMarked;
