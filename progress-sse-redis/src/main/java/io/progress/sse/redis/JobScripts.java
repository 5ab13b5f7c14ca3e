package io.progress.sse.redis;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.XTrimArgs;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.redis.connection.LuaScript;
import io.progress.sse.redis.connection.RedisConnection;
import io.progress.sse.redis.connection.RedisFailure;
import io.progress.sse.redis.connection.RedisLink;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventRejectedException;
import io.progress.sse.store.WriterToken;

/**
 * Calls the scripts that change jobs. Each takes one round trip and is atomic.
 */
final class JobScripts {

	private static final LuaScript APPEND = LuaScript.named(JobScripts.class, "append");

	private static final LuaScript APPEND_WITHOUT_MEMORY = APPEND.allowedOutOfMemory();

	private static final LuaScript BEAT = LuaScript.named(JobScripts.class, "beat");

	private static final LuaScript LOST = LuaScript.named(JobScripts.class, "lost");

	private static final LuaScript DELETE = LuaScript.named(JobScripts.class, "delete");

	private static final LuaScript CANCEL = LuaScript.named(JobScripts.class, "cancel");

	private static final int FIXED_ARGS = 13;

	/** Index of the number of dropped milestones in an answer. */
	private static final int DROPPED = 5;

	/** Index of a job's state in an answer to an append, if the job must be listed. */
	private static final int LISTED = 6;

	/** How many events stay of a job that ends while memory is full. */
	private static final int LAST_EVENTS = 16;

	private final RedisLink link;

	private final EventCodec codec;

	private final StoreSettings settings;

	private final CancelRequests cancelRequests;

	private final JobListings listings;

	private final LongConsumer onDrop;

	/**
	 * Creates the scripts.
	 * @param onDrop gets the number of milestones that an append has dropped
	 */
	JobScripts(RedisLink link, EventCodec codec, StoreSettings settings, CancelRequests cancelRequests,
			JobListings listings, LongConsumer onDrop) {
		this.link = link;
		this.codec = codec;
		this.settings = settings;
		this.cancelRequests = cancelRequests;
		this.listings = listings;
		this.onDrop = onDrop;
	}

	Mono<AppendResult> append(EventBatch batch) {
		JobKeys keys = keys(batch.job().id());
		boolean terminal = batch.events().get(batch.events().size() - 1).isTerminal();
		return this.link.connection().flatMap((connection) -> {
			byte[][] args = args(batch, terminal, connection);
			Mono<List<Object>> appended = APPEND.run(this.link, keys.all(), args);
			return (terminal ? appended.onErrorResume(JobScripts::isOutOfMemory, (ex) -> squeezeIn(keys, args, ex))
					: appended)
				.flatMap((answer) -> {
					AppendResult result = result(batch.job().id(), answer, connection);
					return list(batch.job().id(), answer, LISTED).thenReturn(result);
				});
		}).onErrorMap(JobScripts::isRejected, (ex) -> rejection(batch.job().id(), ex));
	}

	Mono<Boolean> beat(JobInfo job, WriterToken writer) {
		JobKeys keys = keys(job.id());
		return BEAT
			.run(this.link, keys.stored(), JobKeys.bytes(writer.value()), millis(this.settings.lease()),
					millis(this.settings.runningRetention()))
			.flatMap((answer) -> {
				tellIfCancelled(job.id(), answer.get(1));
				return list(job.id(), answer, 2).thenReturn(isOne(answer.get(0)));
			});
	}

	Mono<Boolean> markLost(JobId job, Duration grace, ProgressEvent lost) {
		return this.link.connection()
			.flatMap((connection) -> LOST.run(this.link, keys(job).all(), millis(grace), this.codec.encode(lost),
					publish(connection), millis(this.settings.runningRetention())))
			.map((answer) -> isOne(answer.get(0)));
	}

	Mono<Boolean> delete(JobId job) {
		return this.link.connection()
			.flatMap((connection) -> DELETE.run(this.link, keys(job).all(), publish(connection),
					millis(StoreSettings.DELETION_MEMORY)))
			.flatMap((answer) -> list(job, answer, 1).thenReturn(isOne(answer.get(0))));
	}

	Mono<Boolean> requestCancel(JobId job) {
		byte[] channel = this.cancelRequests.channel();
		byte[] name = JobKeys.bytes(job.value());
		return CANCEL.run(this.link, new byte[][] { keys(job).job() })
			.map((answer) -> isOne(answer.get(0)))
			.delayUntil((found) -> this.link.connection()
				.flatMap((connection) -> this.link.call((redis) -> connection.isSharded()
						? redis.spublish(channel, name) : redis.publish(channel, name)))
				.onErrorComplete());
	}

	/**
	 * Stores the end of a job even if memory is full: its older events are deleted, and
	 * Redis 7 runs the script in spite of full memory.
	 */
	private Mono<List<Object>> squeezeIn(JobKeys keys, byte[][] args, Throwable error) {
		return this.link.call((redis) -> redis.xtrim(keys.events(), XTrimArgs.Builder.maxlen(LAST_EVENTS)))
			.then(this.link.call((redis) -> redis.del(keys.milestones())))
			.then(APPEND_WITHOUT_MEMORY.run(this.link, keys.all(), args))
			.onErrorMap((ex) -> error);
	}

	private byte[][] args(EventBatch batch, boolean terminal, RedisConnection connection) {
		StoreSettings settings = this.settings;
		byte[][] args = new byte[FIXED_ARGS + batch.events().size()][];
		args[0] = JobKeys.bytes(batch.mode() + ((batch.replaced() != null) ? " " + batch.replaced() : ""));
		args[1] = JobKeys.bytes(batch.writer().value());
		args[2] = number(batch.firstSequence());
		args[3] = this.codec.encode(batch.job());
		args[4] = number(terminal ? 1 : 0);
		args[5] = number(settings.eventsPerJob());
		args[6] = millis(settings.runningRetention());
		args[7] = millis(settings.eventRetention());
		args[8] = millis(settings.resultRetention());
		args[9] = millis(settings.lease());
		args[10] = publish(connection);
		args[11] = number(settings.milestonesPerJob());
		args[12] = kinds(batch.events());
		for (int i = 0; i < batch.events().size(); i++) {
			args[FIXED_ARGS + i] = this.codec.encode(batch.events().get(i));
		}
		return args;
	}

	/** Returns a letter for each event: m for a milestone, t for a tick. */
	private static byte[] kinds(List<ProgressEvent> events) {
		byte[] kinds = new byte[events.size()];
		for (int i = 0; i < kinds.length; i++) {
			kinds[i] = (byte) ((events.get(i).kind() != EventKind.TICK) ? 'm' : 't');
		}
		return kinds;
	}

	/**
	 * Writes a job into its lists, if the answer of a script says so by its state and
	 * what is fixed about the job.
	 */
	private Mono<Void> list(JobId job, List<Object> answer, int at) {
		return (answer.size() > at) ? this.listings.write(this.codec.decodeInfo(job, (byte[]) answer.get(at + 1)),
				JobKeys.text((byte[]) answer.get(at))) : Mono.empty();
	}

	private AppendResult result(JobId job, List<Object> answer, RedisConnection connection) {
		Status status = Status.valueOf(JobKeys.text((byte[]) answer.get(0)));
		EventId latest = EventId.parse(JobKeys.text((byte[]) answer.get(1))).orElse(null);
		// In a cluster without sharded channels a server counts only its own subscribers,
		// so the number is unknown.
		boolean inDoubt = connection.cluster() != null && !connection.isSharded();
		tellIfCancelled(job, answer.get(4));
		if (answer.size() > DROPPED && answer.get(DROPPED) instanceof Long dropped) {
			this.onDrop.accept(dropped);
		}
		return new AppendResult(status, latest, (Long) answer.get(2),
				inDoubt || !Long.valueOf(0).equals(answer.get(3)));
	}

	private void tellIfCancelled(JobId job, @Nullable Object cancel) {
		if (cancel instanceof byte[] flag && flag.length > 0) {
			this.cancelRequests.tell(job);
		}
	}

	private JobKeys keys(JobId job) {
		return JobKeys.of(this.settings.keyPrefix(), job);
	}

	private static boolean isRejected(Throwable error) {
		return error instanceof RedisCommandExecutionException && RedisFailure.of(error) == RedisFailure.REJECTED;
	}

	private static EventRejectedException rejection(JobId job, Throwable error) {
		return new EventRejectedException(
				"Job '" + job + "' must be storable, but Redis answered '" + error.getMessage() + "'", error);
	}

	private static boolean isOutOfMemory(Throwable error) {
		return RedisFailure.of(error) == RedisFailure.OUT_OF_MEMORY;
	}

	static byte[] publish(RedisConnection connection) {
		return JobKeys.bytes(connection.isSharded() ? "SPUBLISH" : "PUBLISH");
	}

	private static boolean isOne(Object answer) {
		return Long.valueOf(1).equals(answer);
	}

	private static byte[] millis(Duration duration) {
		return number(duration.toMillis());
	}

	private static byte[] number(long number) {
		return JobKeys.bytes(Long.toString(number));
	}

}
