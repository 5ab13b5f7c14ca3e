/**
 * The same streams inside a servlet container.
 * <ul>
 * <li>A <em>filter</em> picks out the requests for our endpoints, and a <em>servlet</em>
 * hands them to the very handler that serves them elsewhere.</li>
 * <li>Another <em>filter</em> tells the jobs that a request starts about that request,
 * and the client about the job.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse.servlet;

import org.jspecify.annotations.NullMarked;
