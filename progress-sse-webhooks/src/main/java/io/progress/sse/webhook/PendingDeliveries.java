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
 * The deliveries of this process's jobs, from their start until their end is stored. They
 * are in the queue from the start, due later, so that another node finds them if this one
 * dies. When the end is stored, they are made due at once.
 */
final class PendingDeliveries {

	private static final Duration MIN_PAUSE = Duration.ofMillis(100);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

	/** Limit of the deliveries that wait for a queue that cannot be reached. */
	private static final int MAX_WAITING = 10_000;

	private final AtomicInteger waiting = new AtomicInteger();

	private final Map<JobInfo, Delivery> byJob = new ConcurrentHashMap<>();

	private final DeliveryQueue queue;

	private final Duration checkInterval;

	PendingDeliveries(DeliveryQueue queue, Duration checkInterval) {
		this.queue = queue;
		this.checkInterval = checkInterval;
	}

	void add(JobInfo job, URI target) {
		Delivery delivery = Delivery.of(job, target);
		this.byJob.put(job, delivery);
		// After the end is delivered, a late try must not put the delivery again.
		put(() -> this.byJob.containsKey(job), delivery, this.checkInterval).subscribe();
	}

	/**
	 * Removes the delivery of a job that has ended in this process.
	 * @return the delivery; {@code null} if the job has none
	 */
	@Nullable Delivery remove(JobInfo job) {
		return this.byJob.remove(job);
	}

	/**
	 * Makes a delivery due. Tries until the queue can be reached.
	 * @return {@code false} if there is no room for it
	 */
	Mono<Boolean> makeDue(Delivery delivery) {
		return Mono.defer(() -> {
			boolean room = this.waiting.incrementAndGet() <= MAX_WAITING;
			return room ? put(() -> true, delivery, Duration.ZERO) : Mono.just(false);
		}).doFinally((signal) -> this.waiting.decrementAndGet());
	}

	void clear() {
		this.byJob.clear();
	}

	private Mono<Boolean> put(BooleanSupplier wanted, Delivery delivery, Duration delay) {
		return Mono.defer(() -> wanted.getAsBoolean() ? this.queue.put(delivery, delay) : Mono.just(false))
			.retryWhen(Backoff.retry(Long.MAX_VALUE, MIN_PAUSE, MAX_PAUSE));
	}

}
