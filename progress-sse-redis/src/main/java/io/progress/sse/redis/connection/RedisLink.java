package io.progress.sse.redis.connection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The connection for commands. It is opened at the first call, and opened again if it was
 * dead for long. While Redis cannot be reached, calls fail at once and the caller tries
 * again. Also creates the clients of subscription connections.
 */
public final class RedisLink implements AutoCloseable {

	/** How long to wait for the answer to a command. */
	public static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

	private static final long GIVE_UP_NANOS = Duration.ofSeconds(4).toNanos();

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

	private final EnumCounters<RedisFailure> failures = new EnumCounters<>(RedisFailure.class);

	private final Connector connector = new Connector();

	private final RedisClients clients;

	private final LettuceConnectionFactory factory;

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

	/**
	 * Creates a link, which connects at the first use.
	 * @param application connects to Redis; its servers, credentials, TLS settings and
	 * client resources are used. Must not be closed before the link
	 */
	public RedisLink(LettuceConnectionFactory application) {
		this.clients = new RedisClients(application);
		this.factory = this.clients.forCommands();
		this.connection = Mono.defer(this::connect).cacheInvalidateIf(RedisConnection::isGivenUp);
	}

	/**
	 * Sends one or several commands.
	 * @param command sends them
	 * @return the answer
	 */
	public <T> Mono<T> call(Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
		return this.connection
			.flatMap((connection) -> answer(() -> command.apply(connection.commands()))
				.doOnError((ex) -> onFailure(connection, ex)))
			.doOnSuccess((answer) -> onAnswer());
	}

	/**
	 * Converts a future. Unlike {@code Mono.fromFuture}, it drops an error that comes
	 * after a cancellation.
	 */
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
	 * Returns the connection when the server was reached.
	 * @return fails if the server cannot be reached or is too old
	 */
	public Mono<RedisConnection> connection() {
		return this.connection;
	}

	/**
	 * Creates a client for subscriptions, which does not reconnect by itself.
	 * @param node a node of a cluster; {@code null} for the application's own address
	 * @return a new client; the caller must destroy it
	 */
	public LettuceConnectionFactory listeningClient(@Nullable RedisAddress node) {
		return (node != null) ? this.clients.forListening(node) : this.clients.forListening();
	}

	/**
	 * Runs a blocking task.
	 * @param connecting opens a connection
	 * @throws RejectedExecutionException while stopped
	 */
	public void runBlocking(Runnable connecting) {
		this.connector.run(connecting);
	}

	/**
	 * Counts a failure outside of this link.
	 * @param error the failure
	 */
	public void failed(Throwable error) {
		this.failures.count(RedisFailure.of(error));
	}

	/**
	 * Returns how many commands and connections failed.
	 * @return all kinds of failures, in lower case
	 */
	public Map<String, Long> failuresByKind() {
		return this.failures.toMap();
	}

	/**
	 * Whether the last call was answered, if there was one.
	 */
	public boolean isUp() {
		return !this.down;
	}

	/**
	 * Returns for how long commands have succeeded again after an outage.
	 * @return {@code null} if there was no outage
	 */
	public @Nullable Duration sinceOutage() {
		if (this.outage) {
			return Duration.ZERO;
		}
		return this.hadOutage ? Duration.ofNanos(System.nanoTime() - this.outageEndNanos) : null;
	}

	/** Allows connections again after {@link #stop}. */
	public void start() {
		this.connector.start();
		this.clients.start();
		this.factory.start();
		this.stopped = false;
	}

	/**
	 * Makes no more connections until it is started, not even again one that was lost.
	 * Waits, at most some seconds, for those that are being made: a client that is closed
	 * in the midst of this finds its threads gone, which is logged as an error.
	 */
	public void stopConnecting() {
		if (!this.stopped) {
			this.stopped = true;
			this.connector.stop();
			this.clients.stop();
		}
	}

	/**
	 * Disconnects, having {@link #stopConnecting stopped connecting}. Calls that are
	 * under way fail, and so do others until it is started.
	 */
	public void stop() {
		stopConnecting();
		RedisConnection connection = this.current;
		if (connection != null) {
			connection.leaveToClient();
		}
		this.factory.stop();
	}

	/** Closes the link for good; otherwise like {@link #stop}. */
	@Override
	public void close() {
		if (!this.stopped) {
			stop();
		}
		this.factory.destroy();
	}

	private Mono<RedisConnection> connect() {
		if (this.stopped) {
			return Mono.error(closed());
		}
		Mono<RedisConnection> open = open().doOnError((ex) -> {
			this.failedToConnect = true;
			this.down = true;
			this.outage = true;
			failed(ex);
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
	 * Connects in the background. After a cancellation the connection is closed, and a
	 * failure is dropped.
	 */
	private Mono<RedisConnection> open() {
		return Mono.create((sink) -> {
			AtomicBoolean cancelled = new AtomicBoolean();
			sink.onCancel(() -> cancelled.set(true));
			try {
				sink.onDispose(this.connector.run(() -> open(sink, cancelled)));
			}
			catch (RejectedExecutionException ex) {
				sink.error(this.stopped ? closed() : ex);
			}
		});
	}

	private void open(MonoSink<RedisConnection> sink, AtomicBoolean cancelled) {
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
	}

	private static RedisConnectionException closed() {
		return new RedisConnectionException("The connection to Redis is closed");
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
		RedisFailure failure = RedisFailure.of(error);
		this.failures.count(failure);
		if (failure == RedisFailure.NO_SCRIPT) {
			return;
		}
		this.down = true;
		if (failure.isOutage()) {
			this.outage = true;
		}
		long since = switch (failure) {
			// Lettuce's own attempts to reconnect may be half a minute apart.
			case TIMEOUT, UNREACHABLE -> this.answeredNanos;
			// By now the address may belong to the new master.
			case DEMOTED -> this.connectedNanos;
			default -> System.nanoTime();
		};
		if (System.nanoTime() - since > GIVE_UP_NANOS) {
			connection.giveUp();
		}
	}

}
