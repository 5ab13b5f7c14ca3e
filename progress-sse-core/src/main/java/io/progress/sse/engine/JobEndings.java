package io.progress.sse.engine;

import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import io.progress.sse.JobCancelledException;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;

/**
 * Turns what the work returned or threw into the end of its job. Never throws: if memory
 * is exhausted, the end has no result and no message.
 */
final class JobEndings {

	/**
	 * Loads the class with the first job: a class whose initialisation fails for lack of
	 * memory can never be used again.
	 */
	private static final Ending WORDLESS_SUCCESS = Ending.DONE;

	private static final Ending WORDLESS_FAILURE = Ending.FAILED;

	private final JobInfo info;

	private final JobMessage message;

	private final JobPayload facts;

	private final CancelSignal cancel;

	private final ErrorMapping errors;

	JobEndings(JobInfo info, JobMessage message, JobPayload facts, CancelSignal cancel, ErrorMapping errors) {
		this.info = info;
		this.message = message;
		this.facts = facts;
		this.cancel = cancel;
		this.errors = errors;
	}

	Ending success(@Nullable Object result) {
		try {
			this.message.settle();
			return new Ending(JobState.DONE, this.facts.prepare("result", result), null, null);
		}
		catch (Throwable noMemory) {
			return WORDLESS_SUCCESS;
		}
	}

	Ending failure(Throwable error, boolean passedOn) {
		try {
			this.message.settle();
			Throwable why = ErrorMapping.unwrap(error);
			boolean asked = why instanceof JobCancelledException || (this.cancel.requested()
					&& (why instanceof CancellationException || why instanceof InterruptedException));
			if (asked) {
				return this.cancel.isShutdown() ? Ending.SHUT_DOWN : Ending.CANCELLED;
			}
			return new Ending(JobState.FAILED, null, this.errors.map(this.info, why, passedOn), why);
		}
		catch (Throwable noMemory) {
			return WORDLESS_FAILURE;
		}
	}

	Ending cancelled() {
		try {
			this.message.settle();
		}
		catch (Throwable noMemory) {
			// The end can be published without the message.
		}
		return Ending.CANCELLED;
	}

}
