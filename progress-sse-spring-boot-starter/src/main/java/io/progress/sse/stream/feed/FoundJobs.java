package io.progress.sse.stream.feed;

import java.util.List;

/**
 * The result of a search for the jobs of an owner.
 *
 * @param points the jobs to follow, each with the position to continue at
 * @param told jobs that the client has seen to their end
 * @param since the latest creation, in milliseconds since 1970, of a job that counts as
 * old
 * @param more whether more jobs run than the stream follows
 * @param reset whether the client's cursor was invalid
 */
public record FoundJobs(List<ResumePoint> points, List<ResumePoint> told, long since, boolean more, boolean reset) {

	FoundJobs asReset() {
		return new FoundJobs(this.points, this.told, this.since, this.more, true);
	}

}
