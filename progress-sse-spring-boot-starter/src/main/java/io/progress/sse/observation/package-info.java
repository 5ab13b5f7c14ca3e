/**
 * Observations of jobs, for Micrometer.
 */
@NullMarked
package io.progress.sse.observation;

import org.jspecify.annotations.NullMarked;
