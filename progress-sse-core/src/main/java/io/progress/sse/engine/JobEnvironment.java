package io.progress.sse.engine;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.progress.sse.ProgressDataMapper;

/**
 * The parts that all jobs of a tracker share.
 *
 * @param time its clocks
 * @param tickNanos time between two visits of the ticker
 * @param unwatchedNanos time between two events of a job without viewers
 * @param listeners the application's listeners
 * @param dataMapper turns the application's values into plain ones
 * @param errors turns exceptions into the errors that viewers see
 * @param messages calls the supplier of a status line when its worker does not
 * @param calls counts calls without effect
 * @param cancelActions runs the application's cancel actions
 * @param node the name of this process; {@code null} if it has none
 */
record JobEnvironment(EngineTime time, long tickNanos, long unwatchedNanos, JobListeners listeners,
		ProgressDataMapper dataMapper, ErrorMapping errors, MessagePool messages, CallCounts calls,
		Executor cancelActions, @Nullable String node) {

}
