package io.progress.sse.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.ProgressJob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a worker said last is seen, though it then says nothing for a long time.
 */
class JobMessageTests {

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private final ExecutorService workers = Executors.newFixedThreadPool(2);

	@AfterEach
	void close() {
		this.workers.shutdownNow();
	}

	@Test
	void isPublishedThoughAnotherThreadEntersTheSamePhaseAgain() throws Exception {
		List<ProgressJob> jobs = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			ProgressJob job = this.test.running();
			job.reporter().phase("same");
			jobs.add(job);
		}
		List<String> lost = new ArrayList<>();
		for (int round = 0; round < 60; round++) {
			String text = "text " + round;
			race(jobs, text);
			this.test.tick();
			jobs.stream()
				.filter((job) -> !text.equals(this.test.last(job).message()))
				.forEach((job) -> lost.add(job.id() + ": " + text));
		}
		assertThat(lost).isEmpty();
	}

	/**
	 * Speaks on each job while another thread is at it.
	 */
	private void race(List<ProgressJob> jobs, String text) throws Exception {
		AtomicInteger place = new AtomicInteger(-1);
		Future<?> enters = this.workers.submit(() -> {
			for (ProgressJob job : jobs) {
				place.incrementAndGet();
				for (int i = 0; i < 30; i++) {
					job.reporter().phase("same");
				}
			}
		});
		Future<?> speaks = this.workers.submit(() -> {
			for (int i = 0; i < jobs.size(); i++) {
				while (place.get() < i) {
					Thread.onSpinWait();
				}
				jobs.get(i).reporter().message(text);
			}
		});
		speaks.get(30, TimeUnit.SECONDS);
		enters.get(30, TimeUnit.SECONDS);
	}

	@Test
	void isMadeAndPublishedWithinTwoTicksWhenALongStepBegins() {
		ProgressJob job = this.test.running();
		job.reporter().message(() -> "downloading 3 of 3");
		job.reporter().message(() -> "installing, this takes minutes");
		this.test.tick();
		shows(job, "installing, this takes minutes");
	}

	@Test
	void isMadeByTheWorkerWhereTheOneBeforeIsNotQuiteNew() {
		ProgressJob job = this.test.running();
		AtomicReference<Thread> maker = new AtomicReference<>();
		for (int page = 1; page <= 25; page++) {
			int number = page;
			job.reporter().message(() -> {
				maker.set(Thread.currentThread());
				return "page " + number;
			});
			job.reporter().advance();
			this.test.pass(Duration.ofMillis(40));
		}
		assertThat(maker).hasValue(Thread.currentThread());
		assertThat(this.test.last(job).message()).isEqualTo("page 25");
		assertThat(this.test.last(job).progress().completed()).isEqualTo(25);
	}

	@Test
	void thatBlocksHoldsUpNeitherTickerNorOtherJobs() {
		CountDownLatch never = new CountDownLatch(1);
		ProgressJob stuck = this.test.running();
		stuck.reporter().message(() -> "before");
		stuck.reporter().message(() -> {
			pass(never);
			return "too late";
		});
		ProgressJob other = this.test.running();
		other.reporter().message(() -> "one");
		other.reporter().message(() -> "two");
		this.test.tick();
		shows(other, "two");
		stuck.reporter().message("newer");
		this.test.tick();
		assertThat(this.test.last(stuck).message()).isEqualTo("newer");
		never.countDown();
		stuck.done();
		assertThat(this.test.last(stuck).message()).isEqualTo("newer");
	}

	@Test
	void thatCannotBeMadeLeavesTheOneBefore() {
		ProgressJob job = this.test.running();
		job.reporter().message(() -> "before");
		CountDownLatch asked = new CountDownLatch(1);
		job.reporter().message(() -> {
			asked.countDown();
			throw new IllegalStateException("expected");
		});
		this.test.tick();
		pass(asked);
		this.test.tick();
		assertThat(this.test.last(job).message()).isEqualTo("before");
		job.reporter().message(() -> "after");
		this.test.tick();
		shows(job, "after");
	}

	private void shows(ProgressJob job, String text) {
		await().atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(this.test.last(job).message()).isEqualTo(text));
	}

	private static void pass(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
