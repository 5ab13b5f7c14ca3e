package io.progress.sse.store;

/**
 * A store that never loses a notice. Between {@link StoreNotice.Ready} and the end of
 * {@link #listen} each appended event is sent as a {@link StoreNotice.Live}, also the
 * first one of a replacement, and a deletion is sent as another {@code Ready}. All
 * notices come in order, and before the answer to the caller that made the change. A job
 * is removed because of its age or for lack of room only after it has ended, and then its
 * tails have completed.
 *
 * <p>
 * A {@link io.progress.sse.tail.JobTail} of such a store that is ready reads only after a
 * notice, so an idle one costs nothing. A store that relays the notices of another store
 * and may lose some must not have this type. A store with leases is still polled, because
 * a lease expires without a notice.
 */
public interface LosslessProgressEventStore extends ProgressEventStore {

}
