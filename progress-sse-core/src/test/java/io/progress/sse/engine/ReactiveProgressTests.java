package io.progress.sse.engine;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.progress.sse.JobCancelledException;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.ReactiveProgress;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pipeline that counts.
 */
class ReactiveProgressTests {

	private static final JobId ID = JobId.of("export");

	private static final JobSpec EXPORT = JobSpec.named("export").withId(ID);

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().build();

	private final ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store).build();

	@AfterEach
	void close() {
		this.tracker.close();
	}

	@Test
	void countsElementsAsTheyPass() {
		Flux<Integer> pages = this.tracker.flux(EXPORT,
				(progress) -> Flux.range(1, 8).transform(ReactiveProgress.counting(progress, 8)));
		StepVerifier.create(pages).expectNextCount(8).expectComplete().verify(Duration.ofSeconds(5));
		assertThat(end().progress().completed()).isEqualTo(8);
		assertThat(end().progress().fraction()).isEqualTo(1.0);
	}

	@Test
	void stopsAtTheNextElementWhenAsked() {
		Flux<Integer> pages = this.tracker.flux(EXPORT,
				(progress) -> Flux.range(1, 8).transform(ReactiveProgress.counting(progress, 8)));
		StepVerifier.create(pages.doOnNext((page) -> this.tracker.cancel(ID)))
			.expectNext(1)
			.expectError(JobCancelledException.class)
			.verify(Duration.ofSeconds(5));
		assertThat(end().state()).isEqualTo(JobState.CANCELLED);
	}

	private ProgressEvent end() {
		return Mono.defer(() -> this.store.read(ID, null, 100))
			.map((page) -> page.events().get(page.events().size() - 1).event())
			.filter((event) -> event.state().isTerminal())
			.repeatWhenEmpty((empty) -> empty.delayElements(Duration.ofMillis(5)))
			.block(Duration.ofSeconds(5));
	}

}
