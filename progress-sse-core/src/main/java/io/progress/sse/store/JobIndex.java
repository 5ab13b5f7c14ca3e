package io.progress.sse.store;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;

/**
 * A store that can be asked which jobs there are: those of an owner, those that another
 * job has started, or all.
 *
 * <p>
 * A job is listed from the append that makes it for as long as the store keeps it. A list
 * is bounded: of an owner who has more jobs, and of all jobs together, the oldest are no
 * longer listed, though they can still be read by their ids. A store that has lost its
 * lists has the running jobs in them again once their workers were heard of.
 *
 * <p>
 * Says nothing about who may see what: the caller has decided that before.
 */
public interface JobIndex {

	/**
	 * The jobs that match, newest first: by {@link JobInfo#createdAt()} in milliseconds,
	 * then by id, both falling. Sees every append that was acknowledged before.
	 *
	 * <p>
	 * A walk that begins without a cursor and ends with the page that has no
	 * {@link JobPage#next() next} one gives each job that was listed all the time exactly
	 * once, whatever comes and goes meanwhile. Whether a job matches is judged when its
	 * page is made.
	 * @param query which jobs
	 * @return a page, never empty; an {@link IllegalArgumentException} if the cursor is
	 * not one that this store gave
	 */
	Mono<JobPage> jobs(JobQuery query);

	/**
	 * Follows which jobs appear and end. Says {@link JobNotice.Ready} first. As with
	 * {@link ProgressEventStore#listen}, notices are hints, they are pushed without
	 * regard to demand and from whatever thread appends, and subscribers request without
	 * bound, return quickly and never block. A subscriber may ask the store from within a
	 * notice. One that throws is cut off with its own exception, and neither the append
	 * nor another subscriber notices. Does not end by itself; an error means that the
	 * store gave up listening and wants to be subscribed to again.
	 * @param owner whose jobs; {@code null} for all jobs, also those without an owner
	 * @return what happens to them
	 */
	Flux<JobNotice> jobNotices(@Nullable String owner);

}
