package io.progress.sse.stream.feed;

import java.util.List;

/**
 * The jobs of an owner that a stream has to follow from some moment on.
 *
 * @param points the place to go on at, in each
 * @param told the places in jobs that the client has seen to their end
 * @param since the latest creation, in milliseconds since 1970, of a job that counts as
 * old
 * @param more whether more jobs run than the stream follows
 * @param reset whether the client's cursor was not one of ours
 */
public record FoundJobs(List<ResumePoint> points, List<ResumePoint> told, long since, boolean more, boolean reset) {

	FoundJobs asReset() {
		return new FoundJobs(this.points, this.told, this.since, this.more, true);
	}

}
