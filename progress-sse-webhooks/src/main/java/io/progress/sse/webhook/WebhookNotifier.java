package io.progress.sse.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.support.Backoff;
import io.progress.sse.support.ForeignCode;
import io.progress.sse.webhook.DeliveryQueue.Claim;

/**
 * Posts the ends of jobs to other servers.
 *
 * <ol>
 * <li>When a job starts, its delivery goes into the queue, due in a minute.</li>
 * <li>When the job's end is in the event store, the delivery is made due at once.</li>
 * <li>Every second, and when a delivery is made due, each node claims as many as it has
 * free slots. A claim lasts longer than an attempt can take.</li>
 * <li>The node that has claimed a delivery reads the job. If the job has not ended, the
 * delivery is returned for another minute. In this way the end of a job is also found if
 * its node died before step 2. If it has ended, its last event is posted.</li>
 * <li>A delivery that was accepted is removed. One that failed is returned for the next
 * pause of the schedule. It is given up when the schedule is over, or at once if the
 * receiver answers {@code 410}.</li>
 * </ol>
 *
 * A receiver gets each end at least once, always with the same id.
 */
public final class WebhookNotifier implements JobListener, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WebhookNotifier.class);

	static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);

	static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

	private static final Duration READ_RETRY = Duration.ofSeconds(5);

	private static final Duration MIN_PAUSE = Duration.ofMillis(200);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

	private static final Duration POLL = Duration.ofSeconds(1);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

	private final ProgressEventFormats formats = new ProgressEventFormats(List.of());

	private final WebhookCounters counters = new WebhookCounters();

	private final Sinks.Empty<Void> closed = Sinks.empty();

	private final Disposable.Swap polling = Disposables.swap();

	private final Semaphore slots;

	private volatile boolean stopped;

	private final ProgressEventStore store;

	private final DeliveryQueue queue;

	private final PendingDeliveries pending;

	private final WebhookSettings settings;

	private final WebhookTargets targets;

	/** For jobs that name none and have no parent. */
	private final @Nullable URI url;

	private final WebhookClient client;

	/**
	 * Creates a notifier; nothing is sent before it is {@linkplain #start started}.
	 * @param store keeps the last events of the jobs
	 * @param queue keeps the deliveries
	 * @param settings the settings
	 * @param targets the URLs that are allowed
	 * @param clock gives messages their time
	 * @throws IllegalArgumentException if the URL of the settings is not allowed
	 */
	public WebhookNotifier(ProgressEventStore store, DeliveryQueue queue, WebhookSettings settings,
			WebhookTargets targets, Clock clock) {
		this(store, queue, settings, targets,
				new WebhookClient(settings, targets, clock, InetAddress::getAllByName, HttpClient::secure));
	}

	WebhookNotifier(ProgressEventStore store, DeliveryQueue queue, WebhookSettings settings, WebhookTargets targets,
			WebhookClient client) {
		this.store = store;
		this.queue = queue;
		this.settings = settings;
		this.targets = targets;
		this.url = (settings.url() != null) ? targets.check(WebhookSettings.PREFIX + "url", settings.url()) : null;
		this.client = client;
		this.slots = new Semaphore(settings.concurrency());
		this.pending = new PendingDeliveries(queue, CHECK_INTERVAL);
	}

	@Override
	public void admitting(JobSpec spec) {
		if (spec.webhook() != null) {
			this.targets.check("webhook", spec.webhook());
		}
	}

	@Override
	public void started(JobInfo job, JobSpec spec) {
		URI target = (spec.webhook() == null && spec.parent() == null) ? this.url : spec.webhook();
		if (target != null) {
			this.pending.add(job, target);
		}
	}

	@Override
	public void settled(JobInfo job, boolean stored) {
		Delivery delivery = this.pending.remove(job);
		if (delivery != null && stored) {
			// Another thread sends, because the worker's thread must not block.
			this.pending.makeDue(delivery)
				.doOnNext((released) -> countIfRefused(released, delivery))
				.publishOn(Schedulers.parallel())
				.flatMap((released) -> deliverDue())
				.takeUntilOther(this.closed.asMono())
				.subscribe();
		}
	}

	/**
	 * Starts to send deliveries that are due.
	 */
	public void start() {
		this.stopped = false;
		this.polling.update(Schedulers.parallel()
			.schedulePeriodically(this::poll, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS));
	}

	/** Caught, because an {@code Error} of the queue must not end the periodic task. */
	private void poll() {
		ForeignCode.run(() -> deliverDue().then(count()).subscribe(),
				(ex) -> logger.warn("Due webhooks could not be read from the queue; this is tried again soon", ex));
	}

	/**
	 * Claims a last time and waits at most 2 s for the running attempts. Other deliveries
	 * stay in the queue.
	 */
	public void stop() {
		this.polling.update(Disposables.disposed());
		deliverDue().subscribe();
		this.stopped = true;
		try {
			if (this.slots.tryAcquire(this.settings.concurrency(), STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				this.slots.release(this.settings.concurrency());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Cancels the running attempts.
	 */
	@Override
	public void close() {
		this.stopped = true;
		this.polling.dispose();
		this.closed.tryEmitEmpty();
		this.pending.clear();
		this.client.close();
	}

	/**
	 * Returns the numbers for meters.
	 * @return the current numbers
	 */
	public WebhookStats stats() {
		return this.counters.stats();
	}

	/**
	 * Delivers due deliveries, as many as there are free slots.
	 * @return completes when all claimed deliveries are settled; never fails
	 */
	Mono<Void> deliverDue() {
		return Mono.defer(() -> {
			int free = this.stopped ? 0 : this.slots.drainPermits();
			return (free > 0) ? claim(free).flatMap((claims) -> deliver(claims, free)) : Mono.<Void>empty();
		}).takeUntilOther(this.closed.asMono());
	}

	private Mono<List<Claim>> claim(int limit) {
		Duration hold = this.settings.timeout().multipliedBy(2).plusSeconds(10);
		return Mono.defer(() -> this.queue.claim(limit, hold)).onErrorResume((ex) -> {
			logger.debug("The queue of webhooks cannot be reached", ex);
			return Mono.empty();
		}).defaultIfEmpty(List.of()).doOnNext((claims) -> this.slots.release(limit - claims.size()));
	}

	private Mono<Void> deliver(List<Claim> claims, int limit) {
		Mono<Void> more = (claims.size() < limit) ? Mono.empty() : Mono.defer(this::deliverDue);
		return Flux.fromIterable(claims)
			.flatMap((claim) -> deliver(claim).doOnTerminate(this.slots::release), limit)
			.then(more);
	}

	private Mono<Void> deliver(Claim claim) {
		return Mono.defer(() -> this.store.read(claim.delivery().job(), null, 0))
			.map((page) -> Mono.defer(() -> deliver(claim, page)))
			.defaultIfEmpty(Mono.defer(() -> retry(claim, "its end is not in the store", Duration.ZERO)))
			.onErrorResume((ex) -> {
				logger.debug("The end of job '{}' cannot be read", claim.delivery().job(), ex);
				return Mono.just(this.queue.putBack(claim, claim.delivery(), READ_RETRY).then());
			})
			.flatMap((next) -> next)
			.onErrorResume((ex) -> {
				logger.debug(
						"The result of a webhook could not be stored; the webhook is sent again when its claim is over",
						ex);
				return Mono.empty();
			});
	}

	private Mono<Void> deliver(Claim claim, EventPage page) {
		Delivery delivery = claim.delivery();
		if (!Delivery.of(page.job(), delivery.target()).id().equals(delivery.id())) {
			return abandon(delivery, "another run has taken its place");
		}
		if (!page.ended()) {
			return this.queue.putBack(claim, delivery, CHECK_INTERVAL).then();
		}
		return this.client.post(delivery, body(page.latest().event())).flatMap((answer) -> settle(claim, answer));
	}

	private Mono<Void> settle(Claim claim, WebhookAnswer answer) {
		if (answer.isDelivered()) {
			this.counters.delivered();
			return this.queue.remove(claim.delivery()).retryWhen(Backoff.retry(3, MIN_PAUSE, MAX_PAUSE)).then();
		}
		this.counters.failed();
		return answer.isUnwanted() ? abandon(claim.delivery(), answer.reason())
				: retry(claim, answer.reason(), answer.retryAfter());
	}

	private Mono<Void> retry(Claim claim, String reason, Duration retryAfter) {
		Delivery delivery = claim.delivery();
		Duration pause = pause(delivery.attempts());
		if (pause == null) {
			return abandon(delivery, reason);
		}
		Duration wanted = (retryAfter.compareTo(MAX_RETRY_AFTER) < 0) ? retryAfter : MAX_RETRY_AFTER;
		return this.queue.putBack(claim, delivery.failed(), (pause.compareTo(wanted) < 0) ? wanted : pause)
			.doOnNext((again) -> this.counters.retried())
			.then();
	}

	private Mono<Void> abandon(Delivery delivery, String reason) {
		this.counters.abandoned(delivery, reason);
		return this.queue.remove(delivery).then();
	}

	private void countIfRefused(boolean released, Delivery delivery) {
		if (!released) {
			this.counters.abandoned(delivery, "the queue is full");
		}
	}

	/**
	 * Returns the next pause of the schedule, and up to a tenth more, so that deliveries
	 * that failed together are not repeated together; {@code null} if the schedule is
	 * over.
	 */
	private @Nullable Duration pause(int attempts) {
		List<Duration> schedule = this.settings.schedule();
		if (attempts >= schedule.size()) {
			return null;
		}
		long millis = schedule.get(attempts).toMillis();
		return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 10 + 1));
	}

	private Mono<Void> count() {
		return this.queue.size().doOnNext(this.counters::pending).onErrorComplete().then();
	}

	/** Texts of the job are not inserted here, because only the format escapes them. */
	private byte[] body(ProgressEvent event) {
		return ("{\"type\":\"job." + event.state().wireName() + "\",\"timestamp\":\""
				+ event.occurredAt().truncatedTo(ChronoUnit.MILLIS) + "\",\"data\":"
				+ this.formats.format(ProgressEventFormats.STANDARD, event).data() + "}")
			.getBytes(StandardCharsets.UTF_8);
	}

}
