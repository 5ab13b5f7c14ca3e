package io.progress.sse.engine;

import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TickerExecutorTests {

	@Test
	void goesOnAfterItsThreadAndThatThreadsSuccessorHaveDied() throws Exception {
		TickerExecutor executor = new TickerExecutor() {
			private boolean failed;

			@Override
			protected void beforeExecute(Thread thread, Runnable task) {
				if (!this.failed) {
					this.failed = true;
					throw new OutOfMemoryError("simulated");
				}
			}
		};
		ThreadFactory threads = executor.getThreadFactory();
		AtomicInteger made = new AtomicInteger();
		executor.setThreadFactory((worker) -> {
			if (made.incrementAndGet() == 2) {
				throw new OutOfMemoryError("simulated");
			}
			return threads.newThread(worker);
		});
		Future<String> later = executor.schedule(() -> "done", 500, TimeUnit.MILLISECONDS);
		executor.execute(() -> {
		});
		assertThat(later.get(5, TimeUnit.SECONDS)).isEqualTo("done");
		executor.shutdownNow();
	}

}
