/**
 * Event streams: the types that their packages share, such as a request for a stream, its
 * settings and its meters. Imports events and stores only.
 * <ul>
 * <li>{@code frame}: the bytes of a stream, and the JSON in them.</li>
 * <li>{@code format}: the name and the data of an event, by kind of client.</li>
 * <li>{@code feed}: one feed for each watched job, and the viewers of it.</li>
 * <li>{@code admission}: the decision on each request, and the entry point for the web
 * layer.</li>
 * </ul>
 * Each may import those before it in this list, and none after it.
 */
@NullMarked
package io.progress.sse.stream;

import org.jspecify.annotations.NullMarked;
