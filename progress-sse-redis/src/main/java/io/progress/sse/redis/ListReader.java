package io.progress.sse.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;
import io.progress.sse.redis.connection.RedisLink;
import io.progress.sse.store.EventId;
import io.progress.sse.store.JobCursor;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ListedJob;
import io.progress.sse.store.StoredEvent;

/**
 * Reads pages of the lists of jobs. A list has only ids and times of creation; the state
 * of a job is in its hash. An entry whose job no longer exists is removed from the list.
 */
final class ListReader {

	private static final byte[][] FIELDS = { JobKeys.bytes("i"), JobKeys.bytes("l"), JobKeys.bytes("e"),
			JobKeys.bytes("x") };

	private final RedisLink link;

	private final EventCodec codec;

	private final String prefix;

	private final LeaseClock leases;

	ListReader(RedisLink link, EventCodec codec, StoreSettings settings, LeaseClock leases) {
		this.link = link;
		this.codec = codec;
		this.prefix = settings.keyPrefix();
		this.leases = leases;
	}

	Mono<JobPage> page(JobQuery query) {
		return Mono.defer(() -> {
			JobCursor cursor = (query.cursor() != null) ? JobCursor.parse(query.cursor()) : null;
			return read(ListKeys.of(this.prefix, query), new ListWalk(query, cursor));
		});
	}

	private Mono<JobPage> read(ListKeys list, ListWalk walk) {
		int count = walk.nextCount();
		JobCursor last = walk.last();
		Range<byte[]> range = (last != null)
				? Range.from(Boundary.unbounded(), Boundary.excluding(JobKeys.bytes(last.toString())))
				: Range.unbounded();
		byte[] key = walk.isForRunning() ? list.running() : list.jobs();
		return this.link.call((redis) -> redis.zrevrangebylex(key, range, Limit.from(count)))
			.map((places) -> places.stream().map((place) -> JobCursor.parse(JobKeys.text(place))).toList())
			.flatMap((places) -> look(places).flatMap((jobs) -> {
				for (int i = 0; i < jobs.size(); i++) {
					walk.take(places.get(i), jobs.get(i).job());
					clean(list, places.get(i), jobs.get(i));
				}
				JobPage page = walk.page(places.size() < count);
				return (page != null) ? Mono.just(page) : read(list, walk);
			}));
	}

	private Mono<List<Look>> look(List<JobCursor> places) {
		return places.isEmpty() ? Mono.just(List.of()) : this.link.call((redis) -> look(redis, places));
	}

	/** Reads all jobs at the same time, because in a cluster they are on many nodes. */
	private CompletionStage<List<Look>> look(RedisClusterAsyncCommands<byte[], byte[]> redis, List<JobCursor> places) {
		CompletableFuture<List<byte[]>> time = redis.time().toCompletableFuture();
		List<CompletableFuture<List<KeyValue<byte[], byte[]>>>> hashes = new ArrayList<>(places.size());
		places.forEach((place) -> hashes
			.add(redis.hmget(JobKeys.of(this.prefix, place.job()).job(), FIELDS).toCompletableFuture()));
		return CompletableFuture.allOf(hashes.toArray(CompletableFuture[]::new)).thenCombine(time, (all, now) -> {
			long millis = number(now.get(0)) * 1_000 + number(now.get(1)) / 1_000;
			List<Look> looks = new ArrayList<>(places.size());
			for (int i = 0; i < places.size(); i++) {
				looks.add(look(places.get(i), hashes.get(i).join(), millis));
			}
			return looks;
		});
	}

	private Look look(JobCursor place, List<KeyValue<byte[], byte[]>> hash, long now) {
		if (!hash.stream().allMatch(KeyValue::hasValue)) {
			return Look.GONE;
		}
		try {
			JobInfo info = this.codec.decodeInfo(place.job(), hash.get(0).getValue());
			if (!JobCursor.of(info).equals(place)) {
				return Look.GONE;
			}
			StoredEvent latest = new StoredEvent(EventId.parse(JobKeys.text(hash.get(1).getValue())).orElseThrow(),
					this.codec.decode(place.job(), hash.get(2).getValue()));
			boolean ended = latest.event().isTerminal();
			return new Look(
					new ListedJob(info, latest, ended ? null : this.leases.left(number(hash.get(3).getValue()) - now)),
					ended);
		}
		catch (RuntimeException ex) {
			// A newer version of the library may have written it.
			this.link.failed(ex);
			return Look.UNREADABLE;
		}
	}

	/**
	 * Removes a job from lists. The caller does not wait, because the next read repeats
	 * this.
	 */
	private void clean(ListKeys list, JobCursor place, Look look) {
		byte[] member = JobKeys.bytes(place.toString());
		if (look.equals(Look.GONE)) {
			remove(list.jobs(), member);
		}
		if (look.equals(Look.GONE) || look.ended()) {
			remove(list.running(), member);
		}
	}

	private void remove(byte[] key, byte[] member) {
		this.link.call((redis) -> redis.zrem(key, member)).onErrorComplete().subscribe();
	}

	private static long number(byte[] text) {
		return Long.parseLong(JobKeys.text(text));
	}

	/**
	 * The job of an entry.
	 *
	 * @param job the job; {@code null} if it cannot be listed
	 * @param ended whether it has ended
	 */
	private record Look(@Nullable ListedJob job, boolean ended) {

		private static final Look GONE = new Look(null, true);

		private static final Look UNREADABLE = new Look(null, false);

	}

}
