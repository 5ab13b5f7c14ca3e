package io.progress.sse.sample.pdf;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import io.progress.sse.ProgressException;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PdfWorkers}.
 */
class PdfWorkersTests {

	private final ProgressTracker tracker = ProgressTrackerBuilder
		.forStore(InMemoryProgressEventStore.builder().build())
		.build();

	private final PdfWorkers workers = workers(Duration.ofSeconds(20));

	private final PdfWorkers hastyWorkers = workers(Duration.ofMillis(100));

	private final CountDownLatch released = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.released.countDown();
		this.workers.destroy();
		this.hastyWorkers.destroy();
		this.tracker.close();
	}

	@Test
	void workThatTakesTooLongIsGivenUp() {
		assertThatExceptionOfType(ProgressException.class).isThrownBy(() -> this.hastyWorkers.limited(this::hang))
			.withMessage("The document takes longer than 0.1 s");
	}

	@Test
	void workThatCannotBeStoppedTakesUpNoMoreThanTheSpareThreads() {
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(ProgressException.class).isThrownBy(() -> this.hastyWorkers.limited(this::hang));
		}
		assertThatExceptionOfType(ProgressException.class).isThrownBy(() -> this.hastyWorkers.limited(() -> "fine"))
			.withMessage("Too many documents take too long at the moment");
	}

	@Test
	void workThatNeedsTooMuchStackFailsWithWords() {
		assertThatExceptionOfType(ProgressException.class).isThrownBy(() -> this.workers.limited(() -> dig(0)))
			.withMessage("The document is too large or nested too deeply");
	}

	@Test
	void workThatFailsFailsAsItDid() {
		IllegalStateException failure = new IllegalStateException("on purpose");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.workers.limited(() -> {
			throw failure;
		})).isSameAs(failure);
	}

	@Test
	void workThatIsDoneInTimeGivesItsResult() throws Exception {
		assertThat(this.workers.limited(() -> "fine")).isEqualTo("fine");
	}

	private PdfWorkers workers(Duration timeLimit) {
		return new PdfWorkers(this.tracker, new PdfProperties(DataSize.ofMegabytes(1), 1, 1, 1, timeLimit, 1, 1));
	}

	/** Like a loop, it does not hear that it is interrupted. */
	private String hang() {
		while (true) {
			try {
				this.released.await();
				return "released";
			}
			catch (InterruptedException ex) {
				// goes on
			}
		}
	}

	private static int dig(int depth) {
		return (depth < Integer.MAX_VALUE) ? dig(depth + 1) + 1 : depth;
	}

}
