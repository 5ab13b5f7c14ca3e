package io.progress.sse.redis.connection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The threads that make connections, when they are to stop.
 */
class ConnectorTests {

	private static final long PATIENCE_SECONDS = 10;

	@Test
	void interruptsAConnectionThatTakesTooLong() throws InterruptedException {
		Connector connector = new Connector(Duration.ofMillis(50));
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		connector.run(() -> {
			begun.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		});
		assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
		connector.stop();
		assertThat(interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> connector.run(() -> {
		}));
	}

}
