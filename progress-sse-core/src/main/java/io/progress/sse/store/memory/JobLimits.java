package io.progress.sse.store.memory;

import java.util.concurrent.atomic.LongAdder;

/**
 * Limits for one job in memory.
 *
 * @param events how many of the newest events are kept, at least
 * @param milestones how many older milestones are kept, at most
 * @param droppedMilestones counts milestones that were removed for lack of room
 */
record JobLimits(int events, int milestones, LongAdder droppedMilestones) {

}
