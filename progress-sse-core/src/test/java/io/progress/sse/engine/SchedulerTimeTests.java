package io.progress.sse.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

class SchedulerTimeTests {

	@Test
	void doesNotGoByAWallClockThatIsSetBack() {
		WallClockScheduler scheduler = new WallClockScheduler();
		LongSupplier nanos = SchedulerTime.of(scheduler);
		long before = nanos.getAsLong();
		scheduler.offset = Duration.ofHours(-1);
		assertThat(nanos.getAsLong() - before).isBetween(0L, Duration.ofMinutes(1).toNanos());
	}

	@Test
	void goesByTheTimeThatASchedulerMakes() {
		VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
		LongSupplier nanos = SchedulerTime.of(scheduler);
		long before = nanos.getAsLong();
		scheduler.advanceTimeBy(Duration.ofHours(1));
		assertThat(nanos.getAsLong() - before).isEqualTo(Duration.ofHours(1).toNanos());
		scheduler.dispose();
	}

	private static final class WallClockScheduler implements Scheduler {

		private Duration offset = Duration.ZERO;

		@Override
		public long now(TimeUnit unit) {
			return unit.convert(System.currentTimeMillis() + this.offset.toMillis(), TimeUnit.MILLISECONDS);
		}

		@Override
		public Disposable schedule(Runnable task) {
			return Schedulers.parallel().schedule(task);
		}

		@Override
		public Worker createWorker() {
			return Schedulers.parallel().createWorker();
		}

	}

}
