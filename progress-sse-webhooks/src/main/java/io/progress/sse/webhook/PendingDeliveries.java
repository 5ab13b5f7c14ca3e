package io.progress.sse.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;
import io.progress.sse.support.Backoff;

/**
 * The deliveries of this process's own jobs, from their start to the moment their end is
 * stored. They are in the queue from the beginning, so that another node finds them if
 * this one dies; here is what brings them forward in time.
 */
final class PendingDeliveries {

	private static final Duration MIN_PAUSE = Duration.ofMillis(100);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

	/** How many may wait for a queue that is away. */
	private static final int MAX_RELEASING = 10_000;

	private final AtomicInteger releasing = new AtomicInteger();

	private final Map<JobInfo, Delivery> byJob = new ConcurrentHashMap<>();

	private final DeliveryQueue queue;

	private final Duration lookAgain;

	PendingDeliveries(DeliveryQueue queue, Duration lookAgain) {
		this.queue = queue;
		this.lookAgain = lookAgain;
	}

	void arm(JobInfo job, URI target) {
		Delivery delivery = Delivery.of(job, target);
		this.byJob.put(job, delivery);
		// What comes late would bring back what was delivered meanwhile.
		put(() -> this.byJob.containsKey(job), delivery, this.lookAgain).subscribe();
	}

	/**
	 * A job is over for this process.
	 * @return its delivery; {@code null} if nobody wants to be told
	 */
	@Nullable Delivery disarm(JobInfo job) {
		return this.byJob.remove(job);
	}

	/**
	 * Makes a delivery due, however long the queue is away.
	 * @return {@code false} if there is no room for it
	 */
	Mono<Boolean> release(Delivery delivery) {
		return Mono.defer(() -> {
			boolean room = this.releasing.incrementAndGet() <= MAX_RELEASING;
			return room ? put(() -> true, delivery, Duration.ZERO) : Mono.just(false);
		}).doFinally((signal) -> this.releasing.decrementAndGet());
	}

	void close() {
		this.byJob.clear();
	}

	private Mono<Boolean> put(BooleanSupplier wanted, Delivery delivery, Duration delay) {
		return Mono.defer(() -> wanted.getAsBoolean() ? this.queue.put(delivery, delay) : Mono.just(false))
			.retryWhen(Backoff.retry(Long.MAX_VALUE, MIN_PAUSE, MAX_PAUSE));
	}

}
