package io.progress.sse.test;

import java.util.Random;
import java.util.function.Consumer;

import io.progress.sse.JobCancelledException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.Note;

/**
 * The work of a job that at random throws, is interrupted, or asks for its own end.
 * Records exceptions of the reporter as violations.
 */
final class FaultyWork {

	private static final int PHASES = 20;

	private static final int DEPTH = 20_000;

	private final ForeignFaults faults;

	private final Random random;

	private final CancelActions cancelActions;

	private final Consumer<ProgressReporter> canceller;

	private final Consumer<String> violations;

	FaultyWork(ForeignFaults faults, Random random, CancelActions cancelActions, Consumer<ProgressReporter> canceller,
			Consumer<String> violations) {
		this.faults = faults;
		this.random = random;
		this.cancelActions = cancelActions;
		this.canceller = canceller;
		this.violations = violations;
	}

	/**
	 * Works.
	 * @param failing is called before the work throws
	 */
	Object run(ProgressReporter progress, Runnable failing) {
		try {
			report(progress);
		}
		catch (JobCancelledException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			this.violations.accept("A reporter must not throw into the work, but has thrown a " + ex.getClass());
		}
		try {
			this.faults.maybe("work", 4);
		}
		catch (Throwable ex) {
			failing.run();
			throw ex;
		}
		return "result";
	}

	private void report(ProgressReporter progress) {
		this.cancelActions.register(progress);
		progress.total(PHASES);
		for (int i = 0; i < PHASES; i++) {
			String phase = "phase " + i;
			progress.phase(phase);
			progress.message(() -> {
				this.faults.maybe("message", 10);
				return phase;
			});
			progress.data("size", i);
			progress.advance();
			if (this.random.nextInt(200) == 0) {
				Thread.currentThread().interrupt();
			}
			if (this.random.nextInt(20) == 0) {
				progress.checkCancelled();
			}
		}
		if (this.random.nextInt(500) == 0) {
			ProgressReporter part = progress;
			for (int i = 0; i < DEPTH; i++) {
				part = part.split(1);
			}
		}
		if (this.random.nextInt(20) == 0) {
			this.canceller.accept(progress);
		}
		progress.note(Note.Level.INFO, "almost there");
		progress.message(() -> {
			this.faults.maybe("message", 10);
			return "last";
		});
	}

}
