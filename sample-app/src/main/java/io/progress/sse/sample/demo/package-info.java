/**
 * Jobs that do nothing, at a pace of one's choice.
 */
@NullMarked
package io.progress.sse.sample.demo;

import org.jspecify.annotations.NullMarked;
