/**
 * Feeds and viewers. A <em>feed</em> follows one watched job and encodes each event once
 * for all its viewers. A <em>viewer</em> is one open stream: a cursor into the feed of
 * each of its jobs, with the demand of its connection. Viewers with the same event loop
 * are served together, on that loop. Internal: public only for the modules of this
 * library, not an API.
 */
@NullMarked
package io.progress.sse.stream.feed;

import org.jspecify.annotations.NullMarked;
