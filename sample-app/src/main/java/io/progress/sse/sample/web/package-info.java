/**
 * What all APIs here have in common.
 */
@NullMarked
package io.progress.sse.sample.web;

import org.jspecify.annotations.NullMarked;
