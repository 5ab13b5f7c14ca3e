package io.progress.sse.redis.pubsub;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionThreadTests {

	@Test
	void goesOnWhateverATaskThrows() throws InterruptedException {
		CountDownLatch again = new CountDownLatch(3);
		AtomicInteger runs = new AtomicInteger();
		try (SubscriptionThread thread = new SubscriptionThread()) {
			thread.runEach(1, () -> {
				again.countDown();
				if (runs.incrementAndGet() == 1) {
					throw new OutOfMemoryError("once");
				}
				throw new NoClassDefFoundError("always");
			});
			assertThat(thread.run(() -> {
				throw new StackOverflowError();
			})).isTrue();
			assertThat(again.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void saysThatItIsClosed() {
		SubscriptionThread thread = new SubscriptionThread();
		thread.close();
		assertThat(thread.run(() -> {
		})).isFalse();
	}

}
