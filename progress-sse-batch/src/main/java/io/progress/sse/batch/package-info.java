/**
 * Makes every job execution of Spring Batch a job with live progress.
 * <ul>
 * <li>The <em>attachment</em> registers listeners at jobs and steps.</li>
 * <li>A <em>run</em> is one job execution of this process, together with its job.</li>
 * <li>A <em>stage</em> is a step, or several steps that run at the same time: the phase
 * that viewers see.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse.batch;

import org.jspecify.annotations.NullMarked;
