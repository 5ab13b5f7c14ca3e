package io.progress.sse.stream;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

/**
 * A client's request for a stream.
 *
 * @param owned the jobs to watch, if they are all jobs of an owner; {@code null} if they
 * are given by their ids
 * @param jobs the jobs to watch, if they are given by their ids; 1 to {@value #MAX_JOBS},
 * sorted and each one once
 * @param ids the form of the ids; {@link StreamIds#EVENT_OF_EACH_JOB} for a stream of
 * many jobs, even if it has only one
 * @param cursor the cursor that the client sent, without a job's id in front of it;
 * {@code null} for the beginning
 * @param terms the settings that depend on the URL and on the client
 * @param browser whether the client is a browser
 * @param principal the name of the caller; {@code null} if it is not known
 * @param address the address of the client, for limits on callers without a name
 * @param access whether a job may be watched; otherwise it looks like a job that does not
 * exist
 * @param gone whether the caller's proof of identity is no longer valid, because a
 * session has ended or a token has expired; called again and again while the stream is
 * open, must return at once
 */
public record StreamRequest(@Nullable OwnedJobs owned, List<JobId> jobs, StreamIds ids, @Nullable String cursor,
		StreamTerms terms, boolean browser, @Nullable String principal, String address,
		Function<JobInfo, Mono<Boolean>> access, BooleanSupplier gone) {

	/** Most jobs on one stream. */
	public static final int MAX_JOBS = CursorText.MAX_JOBS;

	/**
	 * Sorts the jobs.
	 * @throws IllegalArgumentException if there are none or too many
	 */
	public StreamRequest {
		jobs = jobs.stream().sorted().distinct().toList();
		if ((owned == null && jobs.isEmpty()) || jobs.size() > MAX_JOBS) {
			throw new IllegalArgumentException("'job' must be given 1 to " + MAX_JOBS + " times, but is given "
					+ jobs.size() + " times; open another stream for the other jobs");
		}
	}

	/**
	 * Whether to begin again, with an event {@code reset}, when the cursor is no longer
	 * valid. A stream of all jobs of an owner always does.
	 * @return {@code true} if so
	 */
	public boolean resetWhenStale() {
		return this.owned != null || Boolean.TRUE.equals(this.terms.resetWhenStale());
	}

	/**
	 * A request for jobs that are known by their ids.
	 * @param jobs the jobs to watch
	 * @param ids how ids are written
	 * @param cursor where to go on; {@code null} for the beginning
	 * @param terms what depends on the URL
	 * @param pings whether heartbeats are events
	 * @param browser whether the client is a browser
	 * @param principal whose stream it is; {@code null} if that is not known
	 * @param address where it comes from
	 * @param access whether a job may be watched
	 * @param gone whether the caller is not known to be this principal any more
	 */
	public StreamRequest(List<JobId> jobs, StreamIds ids, @Nullable String cursor, StreamTerms terms, boolean pings,
			boolean browser, @Nullable String principal, String address, Function<JobInfo, Mono<Boolean>> access,
			BooleanSupplier gone) {
		this(null, jobs, ids, cursor, terms.pinging(pings), browser, principal, address, access, gone);
	}

	/**
	 * Whether heartbeats are events that a page can receive.
	 * @return {@code true} if so
	 */
	public boolean pings() {
		return this.terms.pings();
	}

	/**
	 * Whether it is a stream of many jobs.
	 * @return {@code true} if so, even if there is only one
	 */
	public boolean manyJobs() {
		return this.ids == StreamIds.EVENT_OF_EACH_JOB;
	}

	/**
	 * Returns the client whose waiting streams are limited: the principal, or the
	 * address.
	 * @return a key that is equal for all requests of one client
	 */
	public Object client() {
		return (this.principal != null) ? "user " + this.principal : this.address;
	}

	/**
	 * Whether the client had this stream before, even if the cursor does not show it: ids
	 * that name the job are known only from the stream.
	 * @return {@code true} if so
	 */
	public boolean isReturn() {
		return this.ids == StreamIds.JOB_AND_EVENT && this.cursor != null;
	}

	/**
	 * Whether the stream may wait for a job that does not exist. If the cursor names a
	 * job, that job existed before.
	 * @return {@code true} if so
	 */
	public boolean mayWait() {
		return this.ids != StreamIds.JOB_AND_EVENT || this.cursor == null || this.cursor.equals(CursorText.BEGINNING);
	}

}
