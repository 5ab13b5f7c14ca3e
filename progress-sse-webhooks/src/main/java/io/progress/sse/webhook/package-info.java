/**
 * Posts the ends of jobs to other servers, by the rules of <a href=
 * "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a>.
 * <ul>
 * <li>A <em>delivery</em> says which URL is told of the end of which job.</li>
 * <li>A <em>queue</em> keeps deliveries until they are sent or given up.</li>
 * <li>The <em>notifier</em> sends what is due; it reads the last event of the job from
 * the event store.</li>
 * </ul>
 */
@NullMarked
package io.progress.sse.webhook;

import org.jspecify.annotations.NullMarked;
