package io.progress.sse.redis;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;

/**
 * The one connection for commands, made at the first call and made anew when it has been
 * dead for long. While Redis is away calls fail at once; whoever calls tries again.
 */
final class RedisLink implements AutoCloseable {

	private static final long GIVE_UP_NANOS = Duration.ofSeconds(4).toNanos();

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

	private final LettuceConnectionFactory factory;

	private final StoreCounters counters;

	private final Connector connector;

	private final Mono<RedisConnection> connection;

	private volatile @Nullable RedisConnection current;

	private volatile boolean stopped;

	private volatile long connectedNanos = System.nanoTime();

	private volatile long answeredNanos = System.nanoTime();

	private volatile boolean failedToConnect;

	private volatile boolean down;

	private volatile boolean outage;

	private volatile long outageEndNanos;

	private volatile boolean hadOutage;

	RedisLink(LettuceConnectionFactory factory, Connector connector, StoreCounters counters) {
		this.factory = factory;
		this.connector = connector;
		this.counters = counters;
		this.connection = Mono.defer(this::connect).cacheInvalidateIf(RedisConnection::isGivenUp);
	}

	/**
	 * Sends a command, or several.
	 * @param command sends it
	 * @return the answer
	 */
	<T> Mono<T> call(Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
		return this.connection
			.flatMap((connection) -> answer(() -> command.apply(connection.commands()))
				.doOnError((ex) -> onFailure(connection, ex)))
			.doOnSuccess((answer) -> onAnswer());
	}

	/** Unlike {@code Mono.fromFuture}, says nothing of an error that nobody waits for. */
	private static <T> Mono<T> answer(Supplier<CompletionStage<T>> command) {
		return Mono.create((sink) -> {
			AtomicBoolean cancelled = new AtomicBoolean();
			sink.onCancel(() -> cancelled.set(true));
			var ignored = command.get().whenComplete((answer, error) -> {
				if (error == null) {
					sink.success(answer);
				}
				else if (!cancelled.get()) {
					sink.error(error);
				}
			});
		});
	}

	/**
	 * What is known about the server, once it has been reached.
	 */
	Mono<RedisConnection> connection() {
		return this.connection;
	}

	/**
	 * Whether the last call was answered, if there was one.
	 */
	boolean isUp() {
		return !this.down;
	}

	/**
	 * For how long Redis has done again what it was asked to.
	 * @return {@code null} if it has done so ever since
	 */
	@Nullable Duration sinceOutage() {
		if (this.outage) {
			return Duration.ZERO;
		}
		return this.hadOutage ? Duration.ofNanos(System.nanoTime() - this.outageEndNanos) : null;
	}

	/** Connects again when it is called. */
	void start() {
		this.factory.start();
		this.stopped = false;
	}

	/**
	 * Disconnects. Calls that are under way fail, and so do others until it is started.
	 */
	void stop() {
		this.stopped = true;
		RedisConnection connection = this.current;
		if (connection != null) {
			connection.leaveToClient();
		}
		this.factory.stop();
	}

	/** As {@link #stop}, for good. */
	@Override
	public void close() {
		stop();
		this.factory.destroy();
	}

	private Mono<RedisConnection> connect() {
		if (this.stopped) {
			return Mono.error(new RedisConnectionException("The connection to Redis is closed"));
		}
		Mono<RedisConnection> open = open().doOnError((ex) -> {
			this.failedToConnect = true;
			this.down = true;
			this.outage = true;
			this.counters.failed(ex);
		}).doOnNext((connection) -> {
			this.current = connection;
			if (this.stopped) {
				connection.giveUp();
			}
			this.failedToConnect = false;
			this.connectedNanos = System.nanoTime();
			this.answeredNanos = this.connectedNanos;
		});
		return this.failedToConnect ? open.delaySubscription(PAUSE_AFTER_FAILURE) : open;
	}

	/**
	 * Closes a connection that nobody waits for any more, and is silent if there is none.
	 */
	private Mono<RedisConnection> open() {
		return Mono.create((sink) -> {
			AtomicBoolean cancelled = new AtomicBoolean();
			sink.onCancel(() -> cancelled.set(true));
			sink.onDispose(this.connector.run(() -> {
				try {
					RedisConnection connection = RedisConnection.open(this.factory);
					if (cancelled.get()) {
						connection.giveUp();
					}
					sink.success(connection);
				}
				catch (Throwable ex) {
					if (!cancelled.get()) {
						sink.error((ex instanceof Exception) ? ex
								: new RedisConnectionException("Redis could not be connected to", ex));
					}
				}
			}));
		});
	}

	private void onAnswer() {
		this.answeredNanos = System.nanoTime();
		this.down = false;
		if (this.outage) {
			this.outageEndNanos = this.answeredNanos;
			this.hadOutage = true;
			this.outage = false;
		}
	}

	private void onFailure(RedisConnection connection, Throwable error) {
		RedisFailure failure = this.counters.failed(error);
		if (failure == RedisFailure.NO_SCRIPT) {
			return;
		}
		this.down = true;
		if (failure.isOutage()) {
			this.outage = true;
		}
		long since = switch (failure) {
			// Lettuce may leave pauses of half a minute between its own tries to
			// reconnect.
			case TIMEOUT, UNREACHABLE -> this.answeredNanos;
			// The address may lead to the new master by now.
			case DEMOTED -> this.connectedNanos;
			default -> System.nanoTime();
		};
		if (System.nanoTime() - since > GIVE_UP_NANOS) {
			connection.giveUp();
		}
	}

}
