package io.progress.sse.redis;

import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;
import io.progress.sse.redis.connection.LuaScript;
import io.progress.sse.redis.connection.RedisConnection;
import io.progress.sse.redis.connection.RedisFailure;
import io.progress.sse.redis.connection.RedisLink;
import io.progress.sse.store.JobCursor;

/**
 * Writes jobs into their lists: when a job appears, when it ends, and each time its
 * expiry is renewed, so that lists which Redis has lost are restored. In a cluster a list
 * is in another slot than its jobs, hence the separate script, which is safe to repeat.
 *
 * <p>
 * An append does not fail because of the lists: a failed write is repeated when the job's
 * expiry is renewed the next time.
 */
final class JobListings {

	private static final Logger logger = LoggerFactory.getLogger(JobListings.class);

	private static final LuaScript INDEX = LuaScript.named(JobListings.class, "index");

	private static final long PAUSE_AFTER_REFUSAL_NANOS = 60_000_000_000L;

	private final LongAdder dropped = new LongAdder();

	private final RedisLink link;

	private final EventCodec codec;

	private final StoreSettings settings;

	private volatile long pauseUntilNanos = System.nanoTime();

	JobListings(RedisLink link, EventCodec codec, StoreSettings settings) {
		this.link = link;
		this.codec = codec;
		this.settings = settings;
	}

	/** Returns how many jobs were removed from full lists. */
	long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Writes the state of a job.
	 * @param job the job
	 * @param state {@code running}, {@code ended} or {@code gone}
	 * @return completes when it was written or has failed
	 */
	Mono<Void> write(JobInfo job, String state) {
		if (isPaused()) {
			return Mono.empty();
		}
		return this.link.connection()
			.flatMapMany((connection) -> Flux.fromIterable(ListKeys.of(this.settings.keyPrefix(), job))
				.flatMap((list) -> write(job, state, list, connection)))
			.doOnError(this::onFailure)
			.onErrorComplete()
			.then();
	}

	private Mono<Void> write(JobInfo job, String state, ListKeys list, RedisConnection connection) {
		int max = list.ofAll() ? this.settings.listedJobs() : this.settings.jobsPerOwner();
		return INDEX
			.run(this.link, list.all(), JobKeys.bytes(JobCursor.of(job).toString()), JobKeys.bytes(state),
					JobKeys.bytes(Integer.toString(max)),
					JobKeys.bytes(Long.toString(this.settings.listRetention().toMillis())),
					JobScripts.publish(connection), JobNews.appeared(job, this.codec), JobNews.ended(job.id()))
			.doOnNext((answer) -> this.dropped.add((Long) answer.get(0)))
			.then();
	}

	private boolean isPaused() {
		return System.nanoTime() - this.pauseUntilNanos < 0;
	}

	private void onFailure(Throwable error) {
		if (RedisFailure.of(error) == RedisFailure.REFUSED && !isPaused()) {
			this.pauseUntilNanos = System.nanoTime() + PAUSE_AFTER_REFUSAL_NANOS;
			logger.warn("Jobs cannot be listed, because Redis refuses the commands for it: {}; "
					+ "allow its user the sorted sets that docs/redis.md names", error.getMessage());
		}
	}

}
