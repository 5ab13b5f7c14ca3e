/**
 * A crawl of the small site that this application serves itself, and what its pages are
 * about: work that begins when a client connects.
 */
@NullMarked
package io.progress.sse.sample.process;

import org.jspecify.annotations.NullMarked;
