package io.progress.sse.tail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a tail does when the store loses everything and the writer puts it right.
 */
class RestoredJobTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ReplicatedStore store = new ReplicatedStore();

	private final JobInfo job = new JobInfo(JobId.of("job"), "test", null, null, Instant.EPOCH);

	private final WriterToken writer = WriterToken.of(1);

	private final List<String> seen = new ArrayList<>();

	private Disposable following = () -> {
	};

	@AfterEach
	void stop() {
		this.following.dispose();
		this.time.dispose();
	}

	@Test
	void missesNothing() {
		append(AppendMode.CREATE, 1, "a", "b", "c");
		follow(null);
		this.store.delete(this.job.id()).block();
		append(AppendMode.RESTORE, 1, "a", "b", "c", "d", "e");
		append(AppendMode.CONTINUE, 6, "f");
		assertThat(this.seen).containsExactly("a", "b", "c", "Unknown", "Restored", "d", "e", "f");
	}

	@Test
	void missesNothingWhenOnlyTheNewestEventsWereKept() {
		append(AppendMode.CREATE, 1, "a", "b", "c");
		follow(null);
		this.store.delete(this.job.id()).block();
		append(AppendMode.RESTORE, 3, "c", "d");
		assertThat(this.seen).containsExactly("a", "b", "c", "Unknown", "Restored", "d");
	}

	@Test
	void findsItsEventBehindMoreThanTenThousandOthers() {
		String[] messages = IntStream.rangeClosed(1, 10_500).mapToObj(Integer::toString).toArray(String[]::new);
		EventId last = append(AppendMode.CREATE, 1, messages);
		follow(new EventId(last.ms(), last.n() - 1));
		this.store.delete(this.job.id()).block();
		append(AppendMode.RESTORE, 1, messages);
		append(AppendMode.CONTINUE, 10_501, "next");
		assertThat(this.seen).containsExactly("10500", "Unknown", "Restored", "next");
	}

	@Test
	void goesOnLiveWhenNothingIsNew() {
		append(AppendMode.CREATE, 1, "a", "b");
		follow(null);
		this.store.delete(this.job.id()).block();
		append(AppendMode.RESTORE, 2, "b");
		append(AppendMode.CONTINUE, 3, "c");
		assertThat(this.seen).containsExactly("a", "b", "Unknown", "Restored", "c");
	}

	@Test
	void waitsForTheWriterWhenOnlyTheNewestEventsAreLost() {
		append(AppendMode.CREATE, 1, "a", "b", "c");
		this.store.stopReplication();
		append(AppendMode.CONTINUE, 4, "d");
		follow(null);
		this.store.failOver();
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		append(AppendMode.RESTORE, 4, "d", "e");
		this.time.advanceTimeBy(Duration.ofSeconds(3));
		assertThat(this.seen).containsExactly("a", "b", "c", "d", "Restored", "e");
	}

	@Test
	void isResetIfTheNewestEventsAreNotRestored() {
		append(AppendMode.CREATE, 1, "a", "b", "c");
		this.store.stopReplication();
		append(AppendMode.CONTINUE, 4, "d");
		follow(null);
		this.store.failOver();
		this.time.advanceTimeBy(Duration.ofSeconds(60));
		assertThat(this.seen).containsExactly("a", "b", "c", "d", "Reset");
	}

	@Test
	void isResetWhenItsEventIsGone() {
		append(AppendMode.CREATE, 1, "a", "b");
		follow(null);
		this.store.delete(this.job.id()).block();
		append(AppendMode.RESTORE, 4, "d");
		assertThat(this.seen).containsExactly("a", "b", "Unknown", "Reset");
	}

	@Test
	void knowsTheEventAtItsCursorToo() {
		EventId cursor = append(AppendMode.CREATE, 1, "a", "b");
		follow(cursor);
		this.store.delete(this.job.id()).block();
		append(AppendMode.RESTORE, 1, "a", "b", "c");
		assertThat(this.seen).containsExactly("Unknown", "Restored", "c");
	}

	private void follow(EventId after) {
		this.following = new JobTail(this.store, this.time, Duration.ofSeconds(15)).follow(this.job.id(), after)
			.filter((signal) -> !(signal instanceof TailSignal.CaughtUp))
			.subscribe((signal) -> this.seen.add((signal instanceof TailSignal.Next next)
					? next.event().event().message() : signal.getClass().getSimpleName()));
		this.time.advanceTime();
	}

	private EventId append(AppendMode mode, long first, String... messages) {
		List<ProgressEvent> events = Stream.of(messages)
			.map((message) -> ProgressEvent.builder(this.job, JobState.RUNNING, Instant.EPOCH).message(message).build())
			.toList();
		AppendResult result = this.store.append(new EventBatch(this.job, this.writer, first, events, mode)).block();
		this.time.advanceTime();
		return result.latest();
	}

}
