package io.progress.sse.webhook;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.progress.sse.test.MutableClock;
import io.progress.sse.webhook.contract.DeliveryQueueContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InMemoryDeliveryQueueTests extends DeliveryQueueContract {

	private final MutableClock clock = new MutableClock();

	@Override
	protected DeliveryQueue createQueue(int capacity) {
		return new InMemoryDeliveryQueue(this.clock, capacity);
	}

	@Override
	protected void passTime(Duration duration) {
		this.clock.advance(duration);
	}

	@Test
	void deliversInTimeThoughTheClockWasSetBack() {
		DeliveryQueue queue = createQueue(1);
		queue.put(delivery(), Duration.ofMinutes(1)).block();
		this.clock.advance(Duration.ofHours(-1));
		assertThat(queue.claim(1, Duration.ofMinutes(1)).block()).isEmpty();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(queue.claim(1, Duration.ofMinutes(1)).block()).hasSize(1);
	}

	@Test
	void holdsAtLeastOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryDeliveryQueue(this.clock, 0))
			.withMessage("'capacity' must be at least 1, but is 0");
	}

}
