/**
 * PDFs made of HTML, one or many at a time, and PDFs merged and read, each as a job with
 * phases. What visitors send is theirs to choose, so everything that is read here is
 * bounded, and none of it makes this server fetch anything.
 */
@NullMarked
package io.progress.sse.sample.pdf;

import org.jspecify.annotations.NullMarked;
