package io.progress.sse.redis;

import java.util.Map;

/**
 * The health of a {@link RedisProgressEventStore}.
 *
 * @param connected whether Redis answered the last command
 * @param lanes how many servers need a subscription connection
 * @param lanesUp how many of these connections are open; while it is less, some jobs are
 * polled each second
 * @param channels how many channels are subscribed to
 * @param lanesLost how often a subscription connection was lost
 * @param appends how many batches were appended, by result
 * @param failures how many commands failed, by kind
 * @param milestonesDropped how many milestones were removed to make room for newer ones
 * @param unlistedJobs how many jobs were removed from a full list to make room for newer
 * ones
 */
public record RedisStoreStatus(boolean connected, int lanes, int lanesUp, int channels, long lanesLost,
		Map<String, Long> appends, Map<String, Long> failures, long milestonesDropped, long unlistedJobs) {

	/**
	 * Whether the store is healthy.
	 * @return {@code false} if Redis did not answer the last command or some jobs are
	 * polled
	 */
	public boolean healthy() {
		return this.connected && this.lanesUp == this.lanes;
	}

}
