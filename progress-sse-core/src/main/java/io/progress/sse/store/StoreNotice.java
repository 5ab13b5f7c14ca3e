package io.progress.sse.store;

import org.jspecify.annotations.Nullable;

/**
 * A notice from a store to the listeners of a job. Notices are hints: they may be lost,
 * late or repeated, but they are never invented.
 */
public sealed interface StoreNotice {

	/**
	 * From now on every append is notified, unless {@link Suspect} says otherwise. Sent
	 * when the store has begun to listen, and again each time it had to start over. The
	 * listener should read then.
	 */
	record Ready() implements StoreNotice {

	}

	/**
	 * An event was appended.
	 *
	 * @param event the event
	 * @param previous id of the event before it; {@code null} if it is the job's first
	 */
	record Live(StoredEvent event, @Nullable EventId previous) implements StoreNotice {

	}

	/** A notice may have been lost. The listener should read. */
	record Suspect() implements StoreNotice {

	}

}
