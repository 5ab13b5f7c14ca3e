/**
 * Pictures become other pictures: the conversion API.
 */
@NullMarked
package io.progress.sse.sample.convert;

import org.jspecify.annotations.NullMarked;
