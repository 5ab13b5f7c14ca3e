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
 * @param jobs the jobs to watch; 1 to {@value #MAX_JOBS}, sorted and each one once
 * @param ids how ids are written; {@link StreamIds#EVENT_OF_EACH_JOB} for a stream of
 * many jobs, of which there may be only one
 * @param cursor where to go on, as the client sent it, but for a job's id in front of it;
 * {@code null} for the beginning
 * @param terms what depends on the URL
 * @param resetWhenStale whether to begin anew, with an event {@code reset}, when the
 * cursor is not good any more
 * @param pings whether heartbeats are events that a page can hear
 * @param browser whether the client is a browser
 * @param principal whose stream it is; {@code null} if that is not known
 * @param address where it comes from, for limits on those without a name
 * @param access whether a job may be watched; a job that may not looks like one that is
 * not there
 * @param gone whether the caller is not known to be this principal any more, because a
 * session has ended or a token has expired; asked again and again while the stream is
 * open, must return at once
 */
public record StreamRequest(List<JobId> jobs, StreamIds ids, @Nullable String cursor, StreamTerms terms,
		boolean resetWhenStale, boolean pings, boolean browser, @Nullable String principal, String address,
		Function<JobInfo, Mono<Boolean>> access, BooleanSupplier gone) {

	/** Most jobs on one stream. */
	public static final int MAX_JOBS = 32;

	/**
	 * Sorts the jobs.
	 * @throws IllegalArgumentException if there are none or too many
	 */
	public StreamRequest {
		jobs = jobs.stream().sorted().distinct().toList();
		if (jobs.isEmpty() || jobs.size() > MAX_JOBS) {
			throw new IllegalArgumentException("'job' must be given 1 to " + MAX_JOBS + " times, but is given "
					+ jobs.size() + " times; open another stream for the rest");
		}
	}

	/**
	 * Whether it is a stream of many jobs.
	 * @return {@code true} if so, even if there is only one
	 */
	public boolean manyJobs() {
		return this.ids == StreamIds.EVENT_OF_EACH_JOB;
	}

	/**
	 * The owner of the places that it takes while it waits: the principal, or the
	 * address.
	 * @return a key that is equal for all requests of one owner
	 */
	public Object client() {
		return (this.principal != null) ? "user " + this.principal : this.address;
	}

	/**
	 * Whether the client has been on this stream before, whatever the cursor says: ids
	 * that name the job are known only from the stream.
	 * @return {@code true} if so
	 */
	public boolean isReturn() {
		return this.ids == StreamIds.JOB_AND_EVENT && this.cursor != null;
	}

	/**
	 * Whether a job that is not there is waited for. One that a cursor leads to has been
	 * there.
	 * @return {@code true} if so
	 */
	public boolean mayWait() {
		return this.ids != StreamIds.JOB_AND_EVENT || this.cursor == null || this.cursor.equals(CursorText.BEGINNING);
	}

}
