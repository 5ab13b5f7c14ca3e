package io.progress.sse.stream;

/**
 * Marks the formats whose clients were promised {@code error} as the name of an event,
 * although a browser's {@code error} listener hears it as well.
 */
interface BrowserEventNames {

}
