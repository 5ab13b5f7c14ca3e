package io.progress.sse.webhook;

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Mono;

/**
 * Keeps deliveries until they are removed. A node claims due deliveries exclusively for a
 * while; after that another node can claim them. So each delivery is claimed at least
 * once, and by one node at a time.
 *
 * <p>
 * Implementations are safe for use by many threads, bounded, and never block; work starts
 * at subscription. Times are those of the queue's own clock.
 */
public interface DeliveryQueue {

	/**
	 * Adds a delivery. One with the same id becomes due earlier, even if it is claimed,
	 * but never later.
	 * @param delivery the delivery
	 * @param delay when it is due, from now; not negative
	 * @return {@code false} if the queue is full
	 */
	Mono<Boolean> put(Delivery delivery, Duration delay);

	/**
	 * Claims deliveries that are due, the longest due first.
	 * @param limit how many at most; at least 1
	 * @param hold how long the claims are exclusive; positive
	 * @return the claims; an empty list if there are none
	 */
	Mono<List<Claim>> claim(int limit, Duration hold);

	/**
	 * Returns a claimed delivery to the queue, so that it can be claimed again later.
	 * Does nothing if the claim is over or the delivery was put again in the meantime.
	 * @param claim the claim
	 * @param delivery the changed delivery
	 * @param delay when it is due, from now; not negative
	 * @return whether it was returned
	 */
	Mono<Boolean> putBack(Claim claim, Delivery delivery, Duration delay);

	/**
	 * Removes a delivery, even if another node has claimed it.
	 * @param delivery the delivery
	 * @return whether it existed
	 */
	Mono<Boolean> remove(Delivery delivery);

	/**
	 * Returns the number of deliveries, due or not.
	 * @return the number
	 */
	Mono<Long> size();

	/**
	 * A delivery that one caller has claimed.
	 *
	 * @param delivery the delivery
	 * @param until when the claim is over, in milliseconds of the queue's clock
	 */
	record Claim(Delivery delivery, long until) {

	}

}
