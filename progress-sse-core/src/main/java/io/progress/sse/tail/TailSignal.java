package io.progress.sse.tail;

import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;

/**
 * A signal of {@link JobTail} about the job that it follows.
 */
public sealed interface TailSignal {

	/**
	 * The next event.
	 *
	 * @param event follows the one before, with only dropped ticks missing between them,
	 * unless a {@link Reset} was signalled in between
	 */
	record Next(StoredEvent event) implements TailSignal {

	}

	/**
	 * The position is lost: the events between the last one and this page are lost. The
	 * next event follows the page's {@link EventPage#latest() latest}, which has not been
	 * signalled.
	 *
	 * @param page what the store holds
	 */
	record Reset(EventPage page) implements TailSignal {

	}

	/**
	 * The store had lost the event at the position, and the writer has restored it under
	 * another id. No event is missing.
	 *
	 * @param event the last event with its new id; the next one follows it
	 */
	record Restored(StoredEvent event) implements TailSignal {

	}

	/**
	 * All stored events have been signalled; the following ones are live. Sent each time
	 * the tail has caught up, also for a job that has ended.
	 *
	 * @param page the state of the job, without events
	 */
	record CaughtUp(EventPage page) implements TailSignal {

	}

	/**
	 * The worker has given no sign of life for longer than its lease. Sent once; the next
	 * event ends this condition or, if the worker has nothing to report, a {@link Heard}.
	 * If neither comes, an event of state {@code LOST} follows.
	 *
	 * @param page the state of the job, without events
	 */
	record Overdue(EventPage page) implements TailSignal {

	}

	/**
	 * The worker that was {@link Overdue} is alive and has nothing to report.
	 *
	 * @param page the state of the job, without events
	 */
	record Heard(EventPage page) implements TailSignal {

	}

	/** The store does not know the job, or no longer. The tail keeps waiting for it. */
	record Unknown() implements TailSignal {

	}

}
