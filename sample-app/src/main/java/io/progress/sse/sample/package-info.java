/**
 * Real jobs on real files, with a page to watch them; also the end-to-end test bed.
 */
@NullMarked
package io.progress.sse.sample;

import org.jspecify.annotations.NullMarked;
