package io.progress.sse.engine;

import reactor.core.scheduler.Scheduler;

import io.progress.sse.store.ProgressEventStore;

/**
 * The things that all outboxes of a tracker use.
 *
 * @param store where events go
 * @param scheduler runs retries
 * @param time the clocks of the tracker
 * @param capacity how many events of one job may wait
 * @param load counts what waits in all outboxes together
 * @param repair looks after the ends of jobs
 * @param listeners the application's listeners
 */
record OutboxEnvironment(ProgressEventStore store, Scheduler scheduler, EngineTime time, int capacity, OutboxLoad load,
		TerminalEventRepair repair, JobListeners listeners) {

}
