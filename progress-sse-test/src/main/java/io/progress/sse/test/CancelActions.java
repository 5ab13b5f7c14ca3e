package io.progress.sse.test;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.ProgressReporter;

/**
 * Two actions for each job that are to run when it is cancelled. The first one may throw,
 * and the second one has to run nevertheless, both on a thread that may block.
 */
final class CancelActions {

	private final LongAdder first = new LongAdder();

	private final LongAdder second = new LongAdder();

	private final ForeignFaults faults;

	private final Consumer<String> violations;

	CancelActions(ForeignFaults faults, Consumer<String> violations) {
		this.faults = faults;
		this.violations = violations;
	}

	void register(ProgressReporter progress) {
		progress.onCancel(() -> {
			this.first.increment();
			checkThread();
			this.faults.maybe("cancel action", 2);
		});
		progress.onCancel(this.second::increment);
	}

	private void checkThread() {
		if (Schedulers.isInNonBlockingThread()) {
			this.violations.accept("A cancel action must run on a thread that may block, but has run on '"
					+ Thread.currentThread().getName() + "'");
		}
	}

	/**
	 * Checks that all actions of cancelled jobs have run.
	 */
	void check(Duration patience) {
		long deadline = System.nanoTime() + patience.toNanos();
		while (this.first.sum() != this.second.sum() && System.nanoTime() - deadline < 0) {
			Mono.delay(Duration.ofMillis(50)).block();
		}
		long missing = this.first.sum() - this.second.sum();
		if (missing != 0) {
			this.violations.accept(missing + " cancel actions have not run behind others, which may throw");
		}
	}

}
