/**
 * The same streams inside a servlet container.
 * <ul>
 * <li>A <em>servlet</em> hands the container's requests to the very handler that serves
 * them elsewhere.</li>
 * <li>A <em>filter</em> tells the jobs that a request starts about that request, and the
 * client about the job.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse.servlet;

import org.jspecify.annotations.NullMarked;
