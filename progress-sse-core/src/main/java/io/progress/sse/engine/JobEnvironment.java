package io.progress.sse.engine;

import java.util.concurrent.Executor;

import io.progress.sse.ProgressDataMapper;

/**
 * The things that all jobs of a tracker use.
 *
 * @param time its clocks
 * @param tickNanos time between two visits of the ticker
 * @param unwatchedNanos time between two events of a job that nobody watches
 * @param listeners the application's listeners
 * @param dataMapper turns the application's values into plain ones
 * @param errors turns exceptions into what viewers are told
 * @param messages makes a status line that its worker left unmade
 * @param calls counts calls without effect
 * @param cancelActions runs the application's actions when a job is asked to stop
 */
record JobEnvironment(EngineTime time, long tickNanos, long unwatchedNanos, JobListeners listeners,
		ProgressDataMapper dataMapper, ErrorMapping errors, MessagePool messages, CallCounts calls,
		Executor cancelActions) {

}
