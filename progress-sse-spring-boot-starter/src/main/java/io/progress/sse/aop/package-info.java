/**
 * Methods become jobs: <em>advice</em> around a tracked method starts the job, hands the
 * reporter in and ends the job as the method ends.
 */
@NullMarked
package io.progress.sse.aop;

import org.jspecify.annotations.NullMarked;
