/**
 * Application events about the jobs of this process: <em>started</em> and <em>ended</em>.
 */
@NullMarked
package io.progress.sse.lifecycle;

import org.jspecify.annotations.NullMarked;
