package io.progress.sse.webhook;

/**
 * Numbers of deliveries, for meters.
 *
 * @param delivered deliveries that were accepted, since the start
 * @param failed attempts that failed
 * @param retried deliveries that will be attempted again
 * @param abandoned deliveries that were given up, or that found no room
 * @param pending deliveries that wait in the queue, those of running jobs included, as of
 * the last look at it
 */
public record WebhookStats(long delivered, long failed, long retried, long abandoned, long pending) {

}
