package io.progress.sse.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends the same batches of the same writers on several threads at the same time, like
 * retries, while another thread reads: each event is stored once, in order, and no read
 * sees a gap.
 */
final class ConcurrencyWitness {

	private static final int JOBS = 4;

	private static final int THREADS_PER_JOB = 3;

	private static final int EVENTS = 90;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<TestJob> writers;

	ConcurrencyWitness(ProgressEventStore store, String run) {
		this.writers = IntStream.range(0, JOBS)
			.mapToObj((i) -> new TestJob(store, JobId.of("witness-" + i + "-" + run), 1))
			.toList();
	}

	void run() {
		List<Mono<Void>> work = new ArrayList<>();
		for (TestJob writer : this.writers) {
			for (int thread = 0; thread < THREADS_PER_JOB; thread++) {
				int batchSize = thread + 1;
				work.add(Mono.<Void>fromRunnable(() -> writeAll(writer, batchSize))
					.subscribeOn(Schedulers.boundedElastic()));
			}
			work.add(Mono.<Void>fromRunnable(() -> readToTheEnd(writer)).subscribeOn(Schedulers.boundedElastic()));
		}
		Flux.fromIterable(work).flatMapDelayError((each) -> each, work.size(), 1).blockLast(PATIENCE);
	}

	private void writeAll(TestJob writer, int batchSize) {
		long next = 1;
		while (next <= EVENTS) {
			long last = Math.min(next + batchSize - 1, EVENTS);
			List<ProgressEvent> events = LongStream.rangeClosed(next, last)
				.mapToObj((i) -> writer.event((i == EVENTS) ? JobState.DONE : JobState.RUNNING, Long.toString(i)))
				.toList();
			AppendResult result = writer.send(writer.batch(AppendMode.CONTINUE, next, events));
			assertThat(result.status()).isEqualTo(Status.STORED);
			assertThat(result.knownSequence()).isGreaterThanOrEqualTo(last);
			next = last + 1;
		}
	}

	private void readToTheEnd(TestJob writer) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		EventPage page = null;
		while (page == null || !page.ended()) {
			assertThat(System.nanoTime()).as("job %s must end in time", writer.id()).isLessThan(deadline);
			page = writer.find(null, TestJob.ALL);
			if (page != null) {
				checkDense(page.events());
			}
		}
		assertThat(page.latest().id().n()).isEqualTo(EVENTS);
		checkDense(writer.events());
	}

	private static void checkDense(List<StoredEvent> events) {
		for (int i = 0; i < events.size(); i++) {
			StoredEvent event = events.get(i);
			assertThat(event.id().n()).isEqualTo(i + 1);
			assertThat(event.event().message()).isEqualTo(Integer.toString(i + 1));
			assertThat(event.id().ms()).isGreaterThanOrEqualTo((i > 0) ? events.get(i - 1).id().ms() : 0);
		}
	}

}
