/**
 * Events become bytes.
 * <ul>
 * <li>A <em>feed</em> follows one watched job and encodes each event once for all.</li>
 * <li>A <em>viewer</em> is one open stream: a cursor into the feed with a demand.</li>
 * <li>A <em>format</em> names the event and shapes its JSON.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse.stream;

import org.jspecify.annotations.NullMarked;
