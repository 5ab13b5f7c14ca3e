package io.progress.sse.webhook.contract;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.event.JobId;
import io.progress.sse.webhook.Delivery;
import io.progress.sse.webhook.DeliveryQueue;
import io.progress.sse.webhook.DeliveryQueue.Claim;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of each {@link DeliveryQueue}, as tests. The author of a queue extends
 * this class and implements two methods: one creates a queue, the other lets time pass.
 * Durations are so long that the duration of a test makes no difference.
 */
public abstract class DeliveryQueueContract {

	private static final Duration NOW = Duration.ZERO;

	private static final Duration HOLD = Duration.ofMinutes(1);

	private static final Duration LATER = Duration.ofHours(1);

	private static final int CAPACITY = 100;

	private DeliveryQueue queue;

	/** Creates the contract. */
	@SuppressWarnings("NullAway.Init")
	protected DeliveryQueueContract() {
	}

	/**
	 * Creates an empty queue.
	 * @param capacity how many deliveries it holds at most
	 * @return the queue
	 */
	protected abstract DeliveryQueue createQueue(int capacity);

	/**
	 * Lets time pass for the queue.
	 * @param duration how much
	 */
	protected abstract void passTime(Duration duration);

	@BeforeEach
	void createQueue() {
		this.queue = createQueue(CAPACITY);
	}

	@Test
	void claimsAPutDelivery() {
		Delivery delivery = put(delivery(), NOW);
		assertThat(claim().delivery()).isEqualTo(delivery);
	}

	@Test
	void claimsNothingBeforeItIsDue() {
		put(delivery(), LATER);
		assertThat(claims(10)).isEmpty();
		passTime(LATER);
		assertThat(claims(10)).hasSize(1);
	}

	@Test
	void claimsTheLongestDueFirstUpToTheLimit() {
		Delivery third = put(delivery(), LATER.plusMinutes(2));
		Delivery first = put(delivery(), LATER);
		Delivery second = put(delivery(), LATER.plusMinutes(1));
		passTime(LATER.plusHours(1));
		assertThat(claims(2)).extracting(Claim::delivery).containsExactly(first, second);
		assertThat(claims(2)).extracting(Claim::delivery).containsExactly(third);
	}

	@Test
	void claimsNoDeliveryTwiceWhileItsClaimLasts() {
		put(delivery(), NOW);
		assertThat(claims(10)).hasSize(1);
		assertThat(claims(10)).isEmpty();
	}

	@Test
	void claimsADeliveryAgainWhenItsClaimIsOver() {
		Delivery delivery = put(delivery(), NOW);
		Claim forgotten = claim();
		passTime(HOLD);
		assertThat(claim().delivery()).isEqualTo(delivery);
		assertThat(putBack(forgotten, delivery.failed(), NOW)).isFalse();
		assertThat(claims(10)).isEmpty();
	}

	@Test
	void claimsAReturnedDeliveryWithItsChanges() {
		Claim claim = put(delivery());
		assertThat(putBack(claim, claim.delivery().failed(), LATER)).isTrue();
		passTime(HOLD);
		assertThat(claims(10)).isEmpty();
		passTime(LATER);
		assertThat(claim().delivery()).isEqualTo(claim.delivery().failed());
	}

	@Test
	void forgetsRemovedDeliveries() {
		Claim claim = put(delivery());
		assertThat(remove(claim.delivery())).isTrue();
		assertThat(remove(claim.delivery())).isFalse();
		assertThat(putBack(claim, claim.delivery(), NOW)).isFalse();
		passTime(LATER);
		assertThat(claims(10)).isEmpty();
		assertThat(size()).isZero();
	}

	@Test
	void aDeliveryThatIsPutAgainBecomesDueEarlier() {
		Delivery delivery = put(delivery(), LATER);
		put(delivery, NOW);
		assertThat(claims(10)).hasSize(1);
		assertThat(size()).isOne();
	}

	@Test
	void aDeliveryThatIsPutAgainNeverBecomesDueLater() {
		Delivery delivery = put(delivery(), NOW);
		put(delivery, LATER);
		assertThat(claims(10)).hasSize(1);
	}

	@Test
	void keepsTheAttemptsOfADeliveryThatIsPutAgain() {
		Claim claim = put(delivery());
		putBack(claim, claim.delivery().failed(), LATER);
		put(claim.delivery(), NOW);
		assertThat(claim().delivery().attempts()).isOne();
	}

	@Test
	void losesNoWordThatComesDuringAClaim() {
		Claim looked = put(delivery());
		put(looked.delivery(), NOW);
		assertThat(putBack(looked, looked.delivery(), LATER)).isFalse();
		assertThat(claims(10)).hasSize(1);
	}

	@Test
	void tellsRunsOfOneJobApart() {
		Delivery run = put(delivery(), NOW);
		put(new Delivery(run.job(), run.createdAt().plusMillis(1), run.target(), 0), NOW);
		assertThat(claims(10)).hasSize(2);
	}

	@Test
	void refusesDeliveriesBeyondItsCapacity() {
		DeliveryQueue small = createQueue(1);
		Delivery first = delivery();
		assertThat(answer(small.put(first, LATER))).isTrue();
		assertThat(answer(small.put(delivery(), LATER))).isFalse();
		assertThat(answer(small.put(first, NOW))).isTrue();
		assertThat(answer(small.size())).isOne();
	}

	@Test
	void givesEachDeliveryToOneOfManyCallers() {
		for (int i = 0; i < CAPACITY; i++) {
			put(delivery(), NOW);
		}
		List<Claim> claims = answer(Flux.range(0, 50)
			.flatMap((i) -> this.queue.claim(4, HOLD).subscribeOn(Schedulers.parallel()))
			.flatMapIterable((each) -> each)
			.collectList());
		assertThat(claims).extracting((claim) -> claim.delivery().id()).hasSize(CAPACITY).doesNotHaveDuplicates();
	}

	@Test
	void doesNothingBeforeItIsSubscribedTo() {
		Mono<Boolean> put = this.queue.put(delivery(), NOW);
		assertThat(size()).isZero();
		answer(put);
		assertThat(size()).isOne();
	}

	/**
	 * Creates a delivery.
	 * @return a delivery of a job of its own
	 */
	protected static Delivery delivery() {
		return new Delivery(JobId.of(UUID.randomUUID().toString()), Instant.parse("2026-01-01T00:00:00.123456789Z"),
				URI.create("https://example.com/hook?a=1&b=%22"), 0);
	}

	private Delivery put(Delivery delivery, Duration delay) {
		assertThat(answer(this.queue.put(delivery, delay))).isTrue();
		return delivery;
	}

	/** Puts a delivery and claims it. */
	private Claim put(Delivery delivery) {
		put(delivery, NOW);
		return claim();
	}

	private Claim claim() {
		List<Claim> claims = claims(10);
		assertThat(claims).hasSize(1);
		return claims.get(0);
	}

	private List<Claim> claims(int limit) {
		return answer(this.queue.claim(limit, HOLD));
	}

	private boolean putBack(Claim claim, Delivery delivery, Duration delay) {
		return answer(this.queue.putBack(claim, delivery, delay));
	}

	private boolean remove(Delivery delivery) {
		return answer(this.queue.remove(delivery));
	}

	private long size() {
		return answer(this.queue.size());
	}

	private static <T> T answer(Mono<T> mono) {
		return Objects.requireNonNull(mono.block(Duration.ofSeconds(10)));
	}

}
