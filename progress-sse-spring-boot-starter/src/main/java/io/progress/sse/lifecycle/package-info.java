/**
 * Who hears of the lives of jobs: the application, as the events {@code JobStarted} and
 * {@code JobEnded}, and its meters.
 */
@NullMarked
package io.progress.sse.lifecycle;

import org.jspecify.annotations.NullMarked;
