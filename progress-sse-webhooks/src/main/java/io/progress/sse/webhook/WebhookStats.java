package io.progress.sse.webhook;

/**
 * Numbers of deliveries, for meters.
 *
 * @param delivered deliveries that were accepted, since the start
 * @param failed attempts that failed
 * @param retried deliveries that will be attempted again
 * @param abandoned deliveries that were given up or for which the queue had no room
 * @param pending deliveries in the queue, including those of running jobs, when it was
 * last read
 */
public record WebhookStats(long delivered, long failed, long retried, long abandoned, long pending) {

}
