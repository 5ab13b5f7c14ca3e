package io.progress.sse.redis;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.redis.connection.EnumCounters;
import io.progress.sse.redis.connection.RedisLink;
import io.progress.sse.redis.pubsub.ChannelSubscriptions;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.CancelRelay;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobNotice;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.LeasedProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.WriterToken;

/**
 * Keeps jobs in Redis 6.2 or later, or Valkey: one server, Sentinel, or a cluster. Nodes
 * that use the same Redis and prefix see each other's jobs.
 *
 * <p>
 * For a job {@code 42}, with the prefix {@code progress}, there are a hash, two streams
 * and a channel:
 *
 * <pre class="code">
 * HSET      progress:{42}:job     i  {"name":"image-conversion",…}   the unchanging properties of the job
 *                                 l  1763654400123-7                 id of the newest event
 *                                 e  {"v":1,"state":"RUNNING",…}     the newest event
 *                                 t  1                               the job has ended
 *                                 w  0000…                           the writer's token
 *                                 q  7                               the writer's own number of its newest event
 *                                 x  1763654430123                   end of the lease
 *                                 z  1763654430123                   end of the lease after which the job was marked as lost
 *                                 c  1                               the job was asked to stop
 *                                 r  1763654760123                   when the expiry is renewed
 *                                 g  1763654400123                   after a deletion: new ids must be above this one
 *                                 k  1                               number of the oldest event in the stream
 *                                 h  1763654400100-6                 id of the newest of the milestones
 *                                 d  1763654400000-1                 ids of dropped ticks are valid from here on
 * XADD      progress:{42}:events  1763654400123-7  e {"v":1,…}       m for a milestone
 * XTRIM     progress:{42}:events  MAXLEN 256                         when there are 64 more, ticks go and
 * XADD      progress:{42}:milestones 1763654400100-6  m {"v":1,…}    milestones move
 * XTRIM     progress:{42}:milestones MAXLEN 1000
 * PUBLISH   progress:{42}:live    "1763654400123-7 1763654400100-6 {"v":1,…}"    SPUBLISH in a cluster from Redis 7 on
 * PEXPIRE   progress:{42}:job     1 h while running, 24 h after the end
 * PEXPIRE   progress:{42}:events  1 h while running, 10 min after the end; the milestones alike
 * SUBSCRIBE progress:{42}:live    SSUBSCRIBE in a cluster from Redis 7 on
 * PUBLISH   progress:{cancel}:jobs 42
 * </pre>
 *
 * For the lists of jobs, of all (tag {@code jobs:all}), of an owner and of the children
 * of a job (tag {@code 42}), there are two sorted sets and a channel each:
 *
 * <pre class="code">
 * ZADD      progress:{owner:2bd8…}:list     0 001763654400123~42     time of creation and id; the digest is SHA-256
 * ZADD      progress:{owner:2bd8…}:running  0 001763654400123~42     until the job ends
 * ZREMRANGEBYRANK progress:{owner:2bd8…}:list 0 -10001
 * PEXPIRE   progress:{owner:2bd8…}:list     24 h
 * PUBLISH   progress:{owner:2bd8…}:news     "+42 {"name":…}" or "-42"
 * </pre>
 *
 * They are written when a job appears or ends, and each time its expiry is renewed.
 *
 * <p>
 * An append is one script and one round trip; all times are those of Redis.
 *
 * <p>
 * Redis may lose events that it has acknowledged, in a crash or a failover, because
 * replication is asynchronous. The store detects this: the writer, which keeps the newest
 * events, gets {@link AppendResult.Status#MISSING}, and readers get a stale cursor.
 * Events are lost for good if the worker's process and the master fail at the same time.
 */
public final class RedisProgressEventStore implements LeasedProgressEventStore, CancelRelay, JobIndex, AutoCloseable {

	private final EnumCounters<AppendResult.Status> appends = new EnumCounters<>(AppendResult.Status.class);

	private final LongAdder milestonesDropped = new LongAdder();

	private final StoreSettings settings;

	private final RedisLink link;

	private final ChannelSubscriptions subscriptions;

	private final JobChannels channels;

	private final CancelRequests cancelRequests;

	private final JobScripts scripts;

	private final PageReader reader;

	private final JobListings listings;

	private final ListReader lists;

	private final JobNews news;

	private boolean running = true;

	private boolean closed;

	RedisProgressEventStore(LettuceConnectionFactory connections, StoreSettings settings) {
		EventCodec codec = new EventCodec();
		this.settings = settings;
		this.link = new RedisLink(connections);
		this.subscriptions = new ChannelSubscriptions(this.link, settings.keyPrefix());
		this.channels = new JobChannels(this.subscriptions, codec, settings.keyPrefix());
		this.cancelRequests = new CancelRequests(this.subscriptions, settings.keyPrefix());
		this.news = new JobNews(this.subscriptions, codec, settings.keyPrefix());
		this.listings = new JobListings(this.link, codec, settings);
		this.scripts = new JobScripts(this.link, codec, settings, this.cancelRequests, this.listings,
				this.milestonesDropped::add);
		LeaseClock leases = new LeaseClock(this.link, settings);
		this.reader = new PageReader(this.link, codec, settings, leases);
		this.lists = new ListReader(this.link, codec, settings, leases);
	}

	/**
	 * Creates a builder with defaults.
	 * @param connections connects to Redis; its servers, credentials, TLS settings and
	 * client resources are used for the store's own connections: one for commands, and
	 * one per server for subscriptions. Must not be closed before the store
	 * @return a new builder
	 */
	public static RedisProgressEventStoreBuilder builder(LettuceConnectionFactory connections) {
		return new RedisProgressEventStoreBuilder(connections);
	}

	@Override
	public Mono<AppendResult> append(EventBatch batch) {
		return this.scripts.append(batch).doOnNext((result) -> this.appends.count(result.status()));
	}

	@Override
	public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
		if (limit < 0) {
			return Mono.error(new IllegalArgumentException("'limit' must be at least 0, but is " + limit));
		}
		return this.reader.read(job, after, limit);
	}

	@Override
	public Flux<StoreNotice> listen(JobId job) {
		return Flux.push((sink) -> this.channels.listen(job, sink), OverflowStrategy.IGNORE);
	}

	@Override
	public Mono<Boolean> delete(JobId job) {
		return this.scripts.delete(job);
	}

	@Override
	public Mono<JobPage> jobs(JobQuery query) {
		return this.lists.page(query);
	}

	@Override
	public Flux<JobNotice> jobNotices(@Nullable String owner) {
		return Flux.push((sink) -> this.news.listen(owner, sink), OverflowStrategy.IGNORE);
	}

	@Override
	public Duration lease() {
		return this.settings.lease();
	}

	@Override
	public Duration grace() {
		return this.settings.grace();
	}

	@Override
	public Mono<Boolean> beat(JobInfo job, WriterToken writer) {
		return this.scripts.beat(job, writer);
	}

	@Override
	public Mono<Boolean> markLost(JobId job, Duration grace, ProgressEvent lost) {
		return this.scripts.markLost(job, grace, lost);
	}

	@Override
	public Mono<Boolean> requestCancel(JobId job) {
		return this.scripts.requestCancel(job);
	}

	@Override
	public Flux<JobId> cancelRequests() {
		return this.cancelRequests.requests();
	}

	/**
	 * Connects now instead of at the first use.
	 * @return completes when Redis has answered. Fails with an
	 * {@link IllegalStateException} if Redis is older than 6.2, and with Lettuce's
	 * exception if it cannot be reached; the store tries again whenever it is used
	 */
	public Mono<Void> connect() {
		return this.link.connection().then();
	}

	/**
	 * Returns the health of the store, without a call to Redis.
	 * @return the current status
	 */
	public RedisStoreStatus status() {
		return new RedisStoreStatus(this.link.isUp(), this.subscriptions.servers(), this.subscriptions.connections(),
				this.subscriptions.channels(), this.subscriptions.connectionsLost(), this.appends.toMap(),
				this.link.failuresByKind(), this.milestonesDropped.sum(), this.listings.dropped());
	}

	RedisLink link() {
		return this.link;
	}

	String keyPrefix() {
		return this.settings.keyPrefix();
	}

	/**
	 * Allows connections again after {@link #stop}, and reconnects for listeners. Does
	 * nothing if the store was not stopped, or is closed.
	 */
	public synchronized void start() {
		if (!this.running && !this.closed) {
			this.running = true;
			this.link.start();
			this.subscriptions.start();
		}
	}

	/**
	 * Closes all connections until it is started again, as for a checkpoint of the
	 * process. Meanwhile all calls fail, including the current ones. Listeners stay
	 * subscribed, and get a notice to read if they may have missed something. Waits at
	 * most some seconds for connections that are being opened.
	 */
	public synchronized void stop() {
		if (this.running) {
			this.running = false;
			this.link.stopConnecting();
			this.subscriptions.stop();
			this.link.stop();
		}
	}

	/**
	 * Closes all connections for good; otherwise like {@link #stop}.
	 */
	@Override
	public synchronized void close() {
		stop();
		this.closed = true;
		this.link.close();
	}

}
