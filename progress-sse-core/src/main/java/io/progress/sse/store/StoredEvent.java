package io.progress.sse.store;

import io.progress.sse.event.ProgressEvent;

/**
 * An event with the id that the store gave it.
 *
 * @param id its id
 * @param event the event
 */
public record StoredEvent(EventId id, ProgressEvent event) {

}
