package io.progress.sse.store;

import io.progress.sse.tail.JobTail;

/**
 * A store whose notices are more than hints. Between {@link StoreNotice.Ready} and the
 * end of {@link #listen} nothing goes untold: each event that is appended comes as a
 * {@link StoreNotice.Live}, the first one of a replacement as well, and a deletion comes
 * as another {@code Ready}; all of them in the order in which they happened, and before
 * the answer to the caller who did it. A job that is gone because its time was over, or
 * for want of room, had ended, and with it all that followed it.
 *
 * <p>
 * A {@link JobTail} of such a store that is ready reads only when it is told to, so that
 * an idle one costs nothing. A store that passes on what another one tells, and may lose
 * some of it on the way, must not be of this type; nor is one that has leases, which are
 * over without a notice, spared the looks at them.
 */
public interface LosslessProgressEventStore extends ProgressEventStore {

}
