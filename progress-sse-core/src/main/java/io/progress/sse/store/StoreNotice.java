package io.progress.sse.store;

import org.jspecify.annotations.Nullable;

/**
 * A notice from a store to the listeners of a job. Notices are hints: they may be lost,
 * late or repeated, but they are never invented.
 */
public sealed interface StoreNotice {

	/**
	 * From here on every append is told, unless {@link Suspect} says otherwise. Comes
	 * once the store listens, and again whenever it had to start over: read then.
	 */
	record Ready() implements StoreNotice {

	}

	/**
	 * Something was appended.
	 *
	 * @param event what
	 * @param previous id of the event before it; {@code null} if it is the job's first
	 */
	record Live(StoredEvent event, @Nullable EventId previous) implements StoreNotice {

	}

	/** Something may have been missed: read. */
	record Suspect() implements StoreNotice {

	}

}
