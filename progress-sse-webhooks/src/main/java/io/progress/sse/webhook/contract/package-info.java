/**
 * The <em>contract</em> of a queue of deliveries, as tests for authors of queues. Needs
 * JUnit and AssertJ.
 */
@NullMarked
package io.progress.sse.webhook.contract;

import org.jspecify.annotations.NullMarked;
