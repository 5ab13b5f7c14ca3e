/**
 * Tells other servers of the ends of jobs, as <a href=
 * "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a> has it. A delivery waits in a queue; what it tells is read from the event
 * store when it is sent.
 */
@NullMarked
package io.progress.sse.webhook;

import org.jspecify.annotations.NullMarked;
