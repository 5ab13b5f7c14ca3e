package io.progress.sse.webhook;

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Mono;

/**
 * A queue that can be away.
 */
final class FragileQueue implements DeliveryQueue {

	private final DeliveryQueue queue;

	private volatile boolean away;

	private volatile boolean broken;

	FragileQueue(DeliveryQueue queue) {
		this.queue = queue;
	}

	void away(boolean away) {
		this.away = away;
	}

	/** Throws instead of giving an answer. */
	void broken(boolean broken) {
		this.broken = broken;
	}

	@Override
	public Mono<Boolean> put(Delivery delivery, Duration delay) {
		return unlessAway(this.queue.put(delivery, delay));
	}

	@Override
	public Mono<List<Claim>> claim(int limit, Duration hold) {
		if (this.broken) {
			throw new IllegalStateException("broken");
		}
		return unlessAway(this.queue.claim(limit, hold));
	}

	@Override
	public Mono<Boolean> putBack(Claim claim, Delivery delivery, Duration delay) {
		return unlessAway(this.queue.putBack(claim, delivery, delay));
	}

	@Override
	public Mono<Boolean> remove(Delivery delivery) {
		return unlessAway(this.queue.remove(delivery));
	}

	@Override
	public Mono<Long> size() {
		return unlessAway(this.queue.size());
	}

	private <T> Mono<T> unlessAway(Mono<T> call) {
		return Mono.defer(() -> this.away ? Mono.error(new IllegalStateException("away")) : call);
	}

}
