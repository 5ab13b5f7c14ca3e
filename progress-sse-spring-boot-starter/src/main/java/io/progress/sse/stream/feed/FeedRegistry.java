package io.progress.sse.stream.feed;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import io.progress.sse.event.JobId;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.stream.StreamSettings;
import io.progress.sse.tail.JobTail;

/**
 * The feeds of all watched jobs. A feed stays for a while after its last viewer has left,
 * unless there are more feeds than the limit of streams.
 */
public final class FeedRegistry {

	private final Map<JobId, Feed> feeds = new ConcurrentHashMap<>();

	private final LongAdder replayed = new LongAdder();

	private final ProgressEventStore store;

	private final JobTail tail;

	private final StreamSettings settings;

	private final LongSupplier now;

	/**
	 * Creates the registry, without feeds.
	 * @param store the store of the jobs
	 * @param tail follows jobs
	 * @param settings the settings
	 * @param now measures time
	 */
	public FeedRegistry(ProgressEventStore store, JobTail tail, StreamSettings settings, LongSupplier now) {
		this.store = store;
		this.tail = tail;
		this.settings = settings;
		this.now = now;
	}

	/**
	 * Returns the number of feeds.
	 * @return the number
	 */
	public int size() {
		return this.feeds.size();
	}

	/**
	 * Returns how many streams follow a job.
	 * @param job the job, which need not exist
	 * @return the number
	 */
	public int viewers(JobId job) {
		Feed feed = this.feeds.get(job);
		return (feed != null) ? feed.viewers() : 0;
	}

	/**
	 * Returns how many events viewers have read from the store, because the feed did not
	 * hold them.
	 * @return the number since the start
	 */
	public long replayedEvents() {
		return this.replayed.sum();
	}

	/**
	 * Returns the feed of a job and adds a viewer.
	 * @param start the position of the viewer
	 * @param loop the loop that follows the job, if there is no feed yet
	 */
	Feed join(ResumePoint start, Executor loop) {
		Feed[] fresh = new Feed[1];
		Feed feed = this.feeds.compute(start.job(), (job, known) -> {
			Feed joined = (known != null && known.canServe(start)) ? known : null;
			if (joined == null) {
				joined = new Feed(job, this.store, this.settings.window(), this.replayed);
				fresh[0] = joined;
			}
			joined.addViewer();
			return joined;
		});
		if (fresh[0] != null) {
			fresh[0].follow(this.tail.follow(start.job(), null, loop));
		}
		return feed;
	}

	void leave(Feed feed) {
		this.feeds.compute(feed.job(), (job, current) -> {
			if (feed.removeViewer() == 0) {
				if (current == feed) {
					Duration linger = (size() > this.settings.limits().total()) ? Duration.ZERO
							: this.settings.linger();
					feed.lingerUntil(this.now.getAsLong() + linger.toNanos());
				}
				else {
					feed.stop();
				}
			}
			return current;
		});
	}

	/**
	 * Stops feeds that had no viewer for a while.
	 */
	public void sweep() {
		long time = this.now.getAsLong();
		this.feeds.forEach((job, feed) -> {
			if (feed.isAbandoned(time)) {
				this.feeds.computeIfPresent(job, (key, current) -> {
					if (current != feed || !feed.isAbandoned(time)) {
						return current;
					}
					feed.stop();
					return null;
				});
			}
		});
	}

	/**
	 * Stops all feeds.
	 */
	public void stop() {
		this.feeds.values().forEach(Feed::stop);
	}

}
