package io.progress.sse.engine;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * With the real ticker.
 */
class MillionCallsTests {

	private static final int MILLION = 1_000_000;

	private static final Duration TICK = Duration.ofMillis(250);

	/** Eight by the worker, and one for a worker that fell silent. */
	private static final int TEXTS_PER_TICK = 9;

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().eventsPerJob(100_000).build();

	private final ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store).build();

	private final ProgressJob job = this.tracker.open(JobSpec.named("test"));

	private final ProgressReporter progress = this.job.reporter();

	@AfterEach
	void close() {
		this.tracker.close();
	}

	@Test
	void becomeAHandfulOfEventsAndTheExactEnd() {
		watch();
		for (int i = 1; i <= MILLION; i++) {
			this.progress.report(i, MILLION);
		}
		this.job.done();
		assertThat(events()).hasSizeLessThan(20);
		assertThat(last()).isEqualTo(new Progress(1.0, (long) MILLION, (long) MILLION, null, null, null));
	}

	@Test
	void theLastOfManyCallsIsPublishedBeforeTheEnd() {
		watch();
		for (int i = 1; i <= MILLION; i++) {
			this.progress.report(i, 2 * MILLION);
		}
		await().untilAsserted(() -> assertThat(last().completed()).isEqualTo(MILLION));
		assertThat(last().fraction()).isEqualTo(0.5);
		assertThat(events()).hasSizeLessThan(20);
	}

	@Test
	void withTextsMakeAHandfulOfTexts() {
		watch();
		AtomicInteger made = new AtomicInteger();
		long began = System.nanoTime();
		for (int i = 1; i <= MILLION; i++) {
			int number = i;
			this.progress.message(() -> {
				made.incrementAndGet();
				return "number " + number;
			});
		}
		this.job.done();
		long ticks = 1 + (System.nanoTime() - began) / TICK.toNanos();
		assertThat(made.longValue()).isLessThanOrEqualTo(TEXTS_PER_TICK * ticks + 1);
		List<StoredEvent> events = events();
		assertThat(events.get(events.size() - 1).event().message()).isEqualTo("number " + MILLION);
	}

	@Test
	void makeNoGarbage() {
		this.progress.total(10L * MILLION);
		work();
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		work();
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
	}

	private void work() {
		for (int i = 0; i < MILLION; i++) {
			this.progress.advance();
			this.progress.report(i, 10L * MILLION);
			this.progress.isCancelled();
			this.progress.checkCancelled();
		}
	}

	private void watch() {
		this.store.listen(this.job.id()).subscribe();
		this.job.begin();
	}

	private List<StoredEvent> events() {
		return this.store.read(this.job.id(), null, 100_000).block(Duration.ofSeconds(5)).events();
	}

	private Progress last() {
		List<StoredEvent> events = events();
		ProgressEvent last = events.get(events.size() - 1).event();
		return last.progress();
	}

}
