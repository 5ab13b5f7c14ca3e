package io.progress.sse.store.memory;

import java.util.concurrent.atomic.LongAdder;

/**
 * Limits for one job in memory.
 *
 * @param events how many of the newest events, at least
 * @param milestones how many milestones before these, at most
 * @param droppedMilestones counts those that were dropped for want of room
 */
record JobLimits(int events, int milestones, LongAdder droppedMilestones) {

}
