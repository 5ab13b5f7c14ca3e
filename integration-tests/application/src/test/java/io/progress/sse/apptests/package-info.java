/**
 * What becomes of <em>applications</em> and of their tests when the starter is added.
 */
@NullMarked
package io.progress.sse.apptests;

import org.jspecify.annotations.NullMarked;
