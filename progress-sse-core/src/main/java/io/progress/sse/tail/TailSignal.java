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
	 * @param event follows the one before, with nothing but ticks missing between them
	 * that the store had dropped, unless a {@link Reset} stands there
	 */
	record Next(StoredEvent event) implements TailSignal {

	}

	/**
	 * The position is lost: what came between the last event and this page is not to be
	 * had. The next event follows the page's {@link EventPage#latest() latest}, which has
	 * not been signalled.
	 *
	 * @param page what the store knows
	 */
	record Reset(EventPage page) implements TailSignal {

	}

	/**
	 * The store had lost the position, and the writer has restored it under another id.
	 * Nothing is missing.
	 *
	 * @param event the last event once more, as it is stored now; the next one follows it
	 */
	record Restored(StoredEvent event) implements TailSignal {

	}

	/**
	 * All that was stored has been signalled; what comes now is live. Said after each
	 * catching up, also with a job that has ended.
	 *
	 * @param page what the store knows, without events
	 */
	record CaughtUp(EventPage page) implements TailSignal {

	}

	/**
	 * The worker has not been heard of for longer than its lease. Said once for each such
	 * silence, which is ended by the next event or, if the worker has nothing to say, by
	 * a {@link Heard}. If neither comes, an event of state {@code LOST} does.
	 *
	 * @param page what the store knows, without events
	 */
	record Overdue(EventPage page) implements TailSignal {

	}

	/**
	 * The worker that was {@link Overdue} shows that it is alive, and has nothing to say.
	 *
	 * @param page what the store knows, without events
	 */
	record Heard(EventPage page) implements TailSignal {

	}

	/** The store knows no such job (any more). The tail goes on waiting for it. */
	record Unknown() implements TailSignal {

	}

}
