package io.progress.sse.test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of the contract about appending: numbers, repetitions, writers, ends and
 * replacements.
 */
abstract class AppendContract extends StoreContract {

	@Test
	void numbersTheEventsOfEachJobFromOneWithoutAHole() {
		this.job.append("a", "b");
		this.job.append("c");
		TestJob other = new TestJob(this.store, JobId.of("other-" + this.run), 1);
		other.append("x");
		assertThat(this.job.numbers()).containsExactly(1L, 2L, 3L);
		assertThat(other.numbers()).containsExactly(1L);
	}

	@Test
	void neverLetsIdsFallWhenTheClockGoesBack() {
		EventId before = latest(this.job.append("a"));
		Assumptions.assumeTrue(setClockBack(Duration.ofSeconds(30)), "the clock of this store cannot be set back");
		EventId after = latest(this.job.append("b"));
		assertThat(after).isGreaterThan(before).isEqualTo(new EventId(after.ms(), 2));
		assertThat(after.ms()).isGreaterThanOrEqualTo(before.ms());
	}

	@Test
	void keepsEveryPartOfAnEvent() {
		JobInfo info = new JobInfo(this.job.id(), "all-parts", "Ægir \"O'Neil\"", JobId.of("parent"),
				Instant.parse("2026-05-31T01:00:00.123Z"), "web-1:8080");
		ProgressEvent running = ProgressEvent.builder(info, JobState.RUNNING, Instant.parse("2026-05-31T01:00:01.456Z"))
			.attempt(2)
			.phase("résumé 📄")
			.message("line one\nline two \u2028 \u0000 {}")
			.progress(new Progress(0.25, 3L, 5_000_000_000L, "images", 1.5, Duration.ofMillis(6400)))
			.note(new Note(Note.Level.WARNING, "odd"))
			.data(data())
			.stalled(true)
			.coalesced(7)
			.build();
		ProgressEvent failed = ProgressEvent.builder(info, JobState.FAILED, Instant.parse("2026-05-31T01:00:02Z"))
			.error(new JobError("items-failed", "2 of 12"))
			.duration(Duration.ofMillis(1999))
			.build();
		this.job.send(new EventBatch(info, WriterToken.of(11), 1, List.of(running, failed), AppendMode.CREATE));
		EventPage page = this.job.page(null, TestJob.ALL);
		assertThat(page.job()).isEqualTo(info);
		assertThat(page.events()).extracting(StoredEvent::event).containsExactly(running, failed);
		assertThat(page.latest().event()).isEqualTo(failed);
	}

	@Test
	void keepsTheResult() {
		ProgressEvent done = ProgressEvent
			.builder(this.job.info(), JobState.DONE, Instant.parse("2026-05-31T01:00:02Z"))
			.result(data())
			.build();
		this.job.send(this.job.batch(AppendMode.CREATE, 1, List.of(done)));
		assertThat(this.job.page(null, 0).latest().event()).isEqualTo(done);
	}

	@Test
	void doesNothingUntilSubscribedToAndOncePerSubscription() {
		EventBatch batch = this.job.batch(AppendMode.CREATE, 1, List.of(this.job.event(JobState.RUNNING, "a")));
		Mono<AppendResult> append = this.store.append(batch);
		Mono<EventPage> read = this.store.read(this.job.id(), null, TestJob.ALL);
		Mono<Boolean> delete = this.store.delete(this.job.id());
		assertThat(read.blockOptional(TestJob.PATIENCE)).isEmpty();
		append.block(TestJob.PATIENCE);
		assertThat(read.blockOptional(TestJob.PATIENCE)).isPresent();
		assertThat(delete.block(TestJob.PATIENCE)).isTrue();
		assertThat(read.blockOptional(TestJob.PATIENCE)).isEmpty();
		append.block(TestJob.PATIENCE);
		assertThat(read.blockOptional(TestJob.PATIENCE)).isPresent();
	}

	@Test
	void answersWithTheNewestIdAndTheWritersOwnNumber() {
		this.job.append("a");
		AppendResult result = this.job.append("b", "c");
		assertThat(result.status()).isEqualTo(Status.STORED);
		assertThat(result.knownSequence()).isEqualTo(3);
		assertThat(result.latest()).isEqualTo(this.job.page(null, 0).latest().id());
	}

	@Test
	void storesARepeatedBatchOnce() {
		this.job.append("a", "b");
		AppendResult again = this.job.appendFrom(1, AppendMode.CREATE, "a", "b");
		assertThat(again.status()).isEqualTo(Status.STORED);
		assertThat(again.knownSequence()).isEqualTo(2);
		assertThat(again.latest()).isEqualTo(this.job.page(null, 0).latest().id());
		assertThat(this.job.messages()).containsExactly("a", "b");
	}

	@Test
	void doesNotStoreAnOldBatchAgainAfterNewerOnes() {
		this.job.append("a");
		this.job.append("b");
		AppendResult again = this.job.appendFrom(1, AppendMode.CONTINUE, "a");
		assertThat(again.status()).isEqualTo(Status.STORED);
		assertThat(again.knownSequence()).isEqualTo(2);
		assertThat(this.job.messages()).containsExactly("a", "b");
	}

	@Test
	void storesOnlyTheNewEventsOfAnOverlappingBatch() {
		this.job.append("a", "b");
		AppendResult result = this.job.appendFrom(2, AppendMode.CONTINUE, "b", "c");
		assertThat(result.status()).isEqualTo(Status.STORED);
		assertThat(result.knownSequence()).isEqualTo(3);
		assertThat(this.job.messages()).containsExactly("a", "b", "c");
	}

	@Test
	void asksForMissingEventsAndStoresNothing() {
		this.job.append("a", "b");
		AppendResult result = this.job.appendFrom(4, AppendMode.CONTINUE, "d");
		assertThat(result.status()).isEqualTo(Status.MISSING);
		assertThat(result.knownSequence()).isEqualTo(2);
		assertThat(this.job.messages()).containsExactly("a", "b");
	}

	@Test
	void asksForEverythingWhenTheJobIsForgotten() {
		AppendResult result = this.job.appendFrom(7, AppendMode.CONTINUE, "g");
		assertThat(result.status()).isEqualTo(Status.MISSING);
		assertThat(result.knownSequence()).isZero();
		assertThat(result.latest()).isNull();
		assertThat(this.job.find(null, TestJob.ALL)).isNull();
	}

	@Test
	void makesAForgottenJobAgainFromItsWritersFirstEvent() {
		assertThat(this.job.append(AppendMode.CONTINUE, "a").status()).isEqualTo(Status.STORED);
		assertThat(this.job.messages()).containsExactly("a");
	}

	@Test
	void restoresTheRemainingEventsOfAForgottenJob() {
		assertThat(this.job.appendFrom(7, AppendMode.RESTORE, "g").status()).isEqualTo(Status.STORED);
		AppendResult next = this.job.appendFrom(8, AppendMode.CONTINUE, "h");
		assertThat(next.status()).isEqualTo(Status.STORED);
		assertThat(next.knownSequence()).isEqualTo(8);
		assertThat(this.job.messages()).containsExactly("g", "h");
		assertThat(this.job.numbers()).containsExactly(1L, 2L);
	}

	@Test
	void restoresAcrossAHoleInTheSequenceWithoutAHoleInTheIds() {
		this.job.append("a", "b");
		assertThat(this.job.appendFrom(5, AppendMode.RESTORE, "e").status()).isEqualTo(Status.STORED);
		assertThat(this.job.messages()).containsExactly("a", "b", "e");
		assertThat(this.job.numbers()).containsExactly(1L, 2L, 3L);
	}

	@Test
	void refusesToCreateWhatAnotherWriterHas() {
		this.job.append(AppendMode.CREATE, "a");
		for (long order : new long[] { 9, 11 }) {
			AppendResult result = new TestJob(this.store, this.job.id(), order).append(AppendMode.CREATE, "x");
			assertThat(result.status()).isEqualTo(Status.FENCED);
		}
		assertThat(this.job.messages()).containsExactly("a");
		assertThat(this.job.append("b").status()).isEqualTo(Status.STORED);
	}

	@Test
	void fencesTheLowerTokenInEveryMode() {
		this.job.append("a");
		for (AppendMode mode : AppendMode.values()) {
			AppendResult result = new TestJob(this.store, this.job.id(), 9).append(mode, "x");
			assertThat(result.status()).as("mode %s", mode).isEqualTo(Status.FENCED);
			assertThat(result.knownSequence()).isZero();
		}
		assertThat(this.job.messages()).containsExactly("a");
	}

	@Test
	void letsTheHigherTokenTakeOverAndGoesOnCounting() {
		this.job.append("a", "b");
		TestJob successor = new TestJob(this.store, this.job.id(), 11);
		assertThat(successor.append("c").status()).isEqualTo(Status.STORED);
		assertThat(this.job.append("x").status()).isEqualTo(Status.FENCED);
		assertThat(successor.append("d").knownSequence()).isEqualTo(2);
		assertThat(this.job.messages()).containsExactly("a", "b", "c", "d");
		assertThat(this.job.numbers()).containsExactly(1L, 2L, 3L, 4L);
	}

	@Test
	void storesNothingBehindATerminalEvent() {
		for (JobState end : List.of(JobState.DONE, JobState.FAILED, JobState.CANCELLED)) {
			TestJob ending = new TestJob(this.store, JobId.of(end.wireName() + "-" + this.run), 10);
			ending.append("a");
			ending.end(end);
			assertThat(ending.append("b").status()).isEqualTo(Status.ENDED);
			assertThat(ending.appendFrom(9, AppendMode.RESTORE, "i").status()).isEqualTo(Status.ENDED);
			TestJob successor = new TestJob(this.store, ending.id(), 11);
			assertThat(successor.append("c").status()).isEqualTo(Status.ENDED);
			assertThat(ending.messages()).containsExactly("a", end.wireName());
			EventPage page = ending.page(null, 0);
			assertThat(page.ended()).isTrue();
			assertThat(page.lease()).isNull();
		}
	}

	@Test
	void answersARepeatedTerminalEventAsStored() {
		EventBatch batch = this.job.batch(AppendMode.CREATE, 1, List.of(this.job.event(JobState.DONE, "end")));
		this.job.send(batch);
		assertThat(this.job.send(batch).status()).isEqualTo(Status.STORED);
		assertThat(this.job.messages()).containsExactly("end");
	}

	@Test
	void goesOnBehindALostEvent() {
		this.job.append("a");
		this.job.end(JobState.LOST);
		assertThat(this.job.page(null, 0).ended()).isFalse();
		assertThat(this.job.append("b").status()).isEqualTo(Status.STORED);
		assertThat(this.job.messages()).containsExactly("a", "lost", "b");
	}

	@Test
	void replacesAnotherRunWhetherEndedOrNot() {
		this.job.append("a", "b");
		EventId first = this.job.page(null, TestJob.ALL).earliest();
		TestJob second = new TestJob(this.store, this.job.id(), 11);
		assertThat(second.append(AppendMode.REPLACE, "x", "y").status()).isEqualTo(Status.STORED);
		assertThat(this.job.messages()).containsExactly("x", "y");
		assertThat(this.job.numbers()).containsExactly(1L, 2L);
		assertThat(this.job.page(null, 0).earliest().ms()).isGreaterThan(first.ms());
		assertThat(this.job.page(first, TestJob.ALL).stale()).isTrue();
		assertThat(this.job.append("c").status()).isEqualTo(Status.FENCED);
		second.end(JobState.DONE);
		TestJob third = new TestJob(this.store, this.job.id(), 12);
		assertThat(third.append(AppendMode.REPLACE, "z").status()).isEqualTo(Status.STORED);
		assertThat(this.job.messages()).containsExactly("z");
		assertThat(this.job.page(null, 0).ended()).isFalse();
	}

	@Test
	void letsOneOfTwoReplaceTheSameRun() {
		this.job.append("a");
		this.job.end(JobState.DONE);
		EventId latest = this.job.page(null, 0).latest().id();
		TestJob second = new TestJob(this.store, this.job.id(), 11);
		TestJob third = new TestJob(this.store, this.job.id(), 12);
		assertThat(second.send(second.replacing(latest, "x")).status()).isEqualTo(Status.STORED);
		assertThat(third.send(third.replacing(latest, "y")).status()).isEqualTo(Status.FENCED);
		assertThat(second.send(second.replacing(latest, "x")).status()).isEqualTo(Status.STORED);
		assertThat(this.job.messages()).containsExactly("x");
		this.job.delete();
		assertThat(third.send(third.replacing(latest, "y")).status()).isEqualTo(Status.STORED);
	}

	@Test
	void replacesOnce() {
		this.job.append("a");
		TestJob second = new TestJob(this.store, this.job.id(), 11);
		second.append(AppendMode.REPLACE, "x");
		second.append("y");
		assertThat(second.appendFrom(1, AppendMode.REPLACE, "x").status()).isEqualTo(Status.STORED);
		assertThat(this.job.messages()).containsExactly("x", "y");
	}

	private static Map<String, @Nullable Object> data() {
		Map<String, @Nullable Object> data = new HashMap<>();
		data.put("text", "\"quoted\" \\ \t ✓");
		data.put("int", 3);
		data.put("long", 5_000_000_000L);
		data.put("double", 0.25);
		data.put("boolean", true);
		data.put("nothing", null);
		data.put("list", Arrays.asList(1, null, "x", List.of()));
		data.put("map", Map.of("deep", Map.of("er", List.of(1, 2))));
		return data;
	}

}
