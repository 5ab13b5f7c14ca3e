package io.progress.sse.batch;

import org.jspecify.annotations.Nullable;

/**
 * What the threads of Spring Batch work on. Steps on one thread may be nested, because a
 * step may launch a job.
 */
@SuppressWarnings("ThreadLocalUsage") // One for each application context.
final class BatchThreads {

	private final ThreadLocal<@Nullable StepRun> step = new ThreadLocal<>();

	private final ThreadLocal<@Nullable Launch> launch = new ThreadLocal<>();

	@Nullable StepRun step() {
		return this.step.get();
	}

	void step(@Nullable StepRun step) {
		set(this.step, step);
	}

	@Nullable Launch launch() {
		return this.launch.get();
	}

	void launch(@Nullable Launch launch) {
		set(this.launch, launch);
	}

	private static <T> void set(ThreadLocal<@Nullable T> holder, @Nullable T value) {
		if (value != null) {
			holder.set(value);
		}
		else {
			holder.remove();
		}
	}

}
