package io.progress.sse.webhook;

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Mono;

/**
 * Deliveries that wait until they are due. A delivery stays until it is removed: whoever
 * claims it has it alone for a while, and if it does nothing until then, the next one who
 * asks gets it. So each is claimed at least once, and by one node at a time.
 *
 * <p>
 * Implementations are safe for use by many threads, bounded, and never block; work starts
 * at subscription. Times are those of the queue's own clock.
 */
public interface DeliveryQueue {

	/**
	 * Adds a delivery, or brings the one of its id forward, even if it is claimed. Never
	 * puts one off.
	 * @param delivery the delivery
	 * @param delay when it is due, from now; not negative
	 * @return {@code false} if the queue is full
	 */
	Mono<Boolean> put(Delivery delivery, Duration delay);

	/**
	 * Claims what is due, longest due first.
	 * @param limit how many at most; at least 1
	 * @param hold how long the caller has them alone; positive
	 * @return the claims; an empty list if there are none
	 */
	Mono<List<Claim>> claim(int limit, Duration hold);

	/**
	 * Gives a claimed delivery back, to be claimed again later. Does nothing if the claim
	 * is over or the delivery was brought forward meanwhile.
	 * @param claim the claim
	 * @param delivery the delivery as it is from now on
	 * @param delay when it is due, from now; not negative
	 * @return whether it was given back
	 */
	Mono<Boolean> putBack(Claim claim, Delivery delivery, Duration delay);

	/**
	 * Removes a delivery, whoever has claimed it.
	 * @param delivery the delivery
	 * @return whether it was there
	 */
	Mono<Boolean> remove(Delivery delivery);

	/**
	 * How many deliveries there are, due or not.
	 * @return the number
	 */
	Mono<Long> size();

	/**
	 * A delivery that a caller has for itself.
	 *
	 * @param delivery the delivery
	 * @param until when the claim is over, in milliseconds of the queue's clock
	 */
	record Claim(Delivery delivery, long until) {

	}

}
