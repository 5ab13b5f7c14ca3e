package io.progress.sse.engine;

import reactor.core.scheduler.Scheduler;

import io.progress.sse.store.ProgressEventStore;

/**
 * The parts that all outboxes of a tracker share.
 *
 * @param store the store of the events
 * @param scheduler runs retries
 * @param time the clocks of the tracker
 * @param capacity how many events of one job may wait
 * @param load counts the waiting events of all outboxes
 * @param repair sends the last events of ended jobs again
 * @param listeners the application's listeners
 */
record OutboxEnvironment(ProgressEventStore store, Scheduler scheduler, EngineTime time, int capacity, OutboxLoad load,
		TerminalEventRepair repair, JobListeners listeners) {

}
