package io.progress.sse.store;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;

/**
 * A store that can list jobs: those of an owner, those that another job has started, or
 * all.
 *
 * <p>
 * A job is listed from the append that creates it, as long as the store keeps it. Lists
 * are bounded: when the list of an owner, or of all jobs, is full, the oldest jobs are
 * removed from it, but can still be read by their ids. A store that has lost its lists
 * adds a running job again when its worker gives the next sign of life.
 *
 * <p>
 * Does not check access: the caller must do that before.
 */
public interface JobIndex {

	/**
	 * Returns the jobs that match, newest first: by {@link JobInfo#createdAt()} in
	 * milliseconds, then by id, both descending. Sees every append that was acknowledged
	 * before.
	 *
	 * <p>
	 * A walk that begins without a cursor and ends with the page that has no
	 * {@link JobPage#next() next} one returns each job that was listed all the time
	 * exactly once, even if other jobs appear and disappear meanwhile. Whether a job
	 * matches is checked when its page is created.
	 * @param query the query
	 * @return a page, never empty; an {@link IllegalArgumentException} if the cursor is
	 * not one that this store gave
	 */
	Mono<JobPage> jobs(JobQuery query);

	/**
	 * Follows which jobs appear and end. Emits {@link JobNotice.Ready} first. As with
	 * {@link ProgressEventStore#listen}, notices are hints and are emitted on any
	 * appending thread without regard to demand; subscribers request without bound,
	 * return quickly and never block. A subscriber may call the store while it handles a
	 * notice. A subscriber that throws is removed and gets its own exception; the append
	 * and other subscribers are not affected. Does not complete by itself; after an error
	 * the caller must subscribe again.
	 * @param owner the owner of the jobs; {@code null} for all jobs, also those without
	 * an owner
	 * @return the notices
	 */
	Flux<JobNotice> jobNotices(@Nullable String owner);

}
