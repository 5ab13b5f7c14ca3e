/**
 * What visitors send, in files that do not outlive the application.
 */
@NullMarked
package io.progress.sse.sample.files;

import org.jspecify.annotations.NullMarked;
