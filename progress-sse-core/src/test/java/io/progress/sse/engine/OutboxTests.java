package io.progress.sse.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.Phase;
import io.progress.sse.ProgressJob;
import io.progress.sse.engine.FaultyStore.Fault;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventRejectedException;
import io.progress.sse.store.StoreFullException;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxTests {

	private static final Duration PATIENCE = Duration.ofSeconds(11);

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private final ProgressJob job = this.test.running();

	@Nested
	class AStoreThatIsAway {

		@Test
		void getsEverythingInOrderWhenItIsBack() {
			test.store.usually(FaultyStore.OUT_OF_REACH);
			phases(10);
			test.pass(Duration.ofSeconds(30));
			job.done();
			assertThat(phasesOf(job)).isEmpty();
			back();
			assertThat(phasesOf(job)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
			assertThat(test.last(job).state()).isEqualTo(JobState.DONE);
			assertThat(test.tracker.stats().waitingEvents()).isZero();
		}

		@Test
		void isAskedWithGrowingPauses() {
			test.store.usually(FaultyStore.OUT_OF_REACH);
			job.reporter().phase("x");
			int before = test.store.tries.size();
			test.pass(Duration.ofSeconds(1));
			assertThat(test.store.tries.size() - before).isBetween(3, 7);
			before = test.store.tries.size();
			test.pass(Duration.ofSeconds(60));
			assertThat(test.store.tries.size() - before).isBetween(60, 120);
		}

		@Test
		void isOfferedTheSameBatchEachTime() {
			test.store.usually(FaultyStore.OUT_OF_REACH);
			job.reporter().phase("x");
			EventBatch first = test.store.tries.get(test.store.tries.size() - 1);
			phases(5);
			test.pass(Duration.ofSeconds(5));
			assertThat(test.store.tries.get(test.store.tries.size() - 1)).isEqualTo(first);
		}

		@Test
		void getsOneIntermediateEventForMany() {
			test.store.usually(FaultyStore.OUT_OF_REACH);
			job.reporter().phase("x");
			test.eachTick(100, job.reporter()::advance);
			back();
			test.tick();
			List<ProgressEvent> ticks = test.events(job)
				.stream()
				.filter((event) -> event.kind() == EventKind.TICK)
				.toList();
			assertThat(ticks).hasSize(1);
			assertThat(ticks.get(0).progress().completed()).isEqualTo(100);
			assertThat(test.tracker.stats().conflatedEvents()).isEqualTo(99);
		}

		@Test
		void hasBoundedMemoryAndReportsLostEvents() {
			test.store.usually(FaultyStore.OUT_OF_REACH);
			phases(500);
			assertThat(test.tracker.stats().waitingEvents()).isEqualTo(64);
			job.done();
			assertThat(test.tracker.stats().waitingEvents()).isEqualTo(64);
			back();
			List<Integer> phases = phasesOf(job);
			assertThat(phases).isSorted().doesNotHaveDuplicates().endsWith(498, 499);
			assertThat(phases.size() + hidden()).isEqualTo(500);
			assertThat(test.tracker.stats().droppedEvents()).isEqualTo(hidden());
			assertThat(test.last(job).state()).isEqualTo(JobState.DONE);
		}

		@Test
		void costsBoundedMemoryForAllJobsTogether() {
			TestTracker small = new TestTracker((settings) -> settings.outboxTotal(100));
			List<ProgressJob> jobs = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				jobs.add(small.running());
			}
			small.store.usually(FaultyStore.OUT_OF_REACH);
			for (int phase = 0; phase < 30; phase++) {
				for (ProgressJob each : jobs) {
					each.reporter().phase("phase " + phase);
				}
			}
			assertThat(small.tracker.stats().waitingEvents()).isLessThanOrEqualTo(100 + 50);
			jobs.forEach(ProgressJob::done);
			assertThat(small.tracker.stats().waitingEvents()).isLessThanOrEqualTo(100 + 50);
			small.store.usually(FaultyStore.NONE);
			small.pass(Duration.ofSeconds(3));
			assertThat(jobs).allMatch((each) -> small.last(each).state() == JobState.DONE);
			assertThat(small.tracker.stats().waitingEvents()).isZero();
			small.afterEach(null);
		}

		@Test
		void doesNotFailAWorker() {
			test.store.usually((batch, store) -> {
				throw new IllegalStateException("expected");
			});
			phases(3);
			job.done();
			assertThat(job.ended()).isCompletedWithValue(JobState.DONE);
			back();
			assertThat(phasesOf(job)).containsExactly(0, 1, 2);
		}

	}

	@Nested
	class AnAnswer {

		@Test
		void thatIsLostDoesNotDoubleAnything() {
			test.store.next(FaultyStore.LOST_REPLY, FaultyStore.LOST_REPLY, FaultyStore.NONE, FaultyStore.LOST_REPLY);
			phases(3);
			job.done();
			test.pass(Duration.ofSeconds(3));
			assertThat(phasesOf(job)).containsExactly(0, 1, 2);
			assertThat(ends()).isOne();
		}

		@Test
		void thatComesTwiceDoesNotDoubleAnything() {
			test.store.usually(FaultyStore.TWICE);
			phases(3);
			job.done();
			assertThat(phasesOf(job)).containsExactly(0, 1, 2);
			assertThat(ends()).isOne();
		}

		@Test
		void thatDoesNotComeIsAskedForAgain() {
			test.store.next(FaultyStore.SILENCE);
			phases(3);
			test.pass(Duration.ofSeconds(9));
			assertThat(phasesOf(job)).isEmpty();
			test.pass(PATIENCE);
			assertThat(phasesOf(job)).containsExactly(0, 1, 2);
		}

		@Test
		void thatDoesNotComeForTheEndIsAskedForAgain() {
			test.store.next(FaultyStore.SILENCE);
			job.done();
			test.pass(PATIENCE);
			assertThat(test.last(job).state()).isEqualTo(JobState.DONE);
		}

		@Test
		void thatComesTooLateIsNotListenedTo() {
			Sinks.One<AppendResult> late = Sinks.one();
			test.store.next((batch, store) -> late.asMono(), FaultyStore.SILENCE);
			phases(3);
			test.pass(PATIENCE);
			late.tryEmitValue(new AppendResult(AppendResult.Status.FENCED, null, 0, true));
			test.pass(PATIENCE);
			assertThat(phasesOf(job)).containsExactly(0, 1, 2);
		}

		@Test
		void thatIsNoneIsAskedForAgain() {
			test.store.next((batch, store) -> Mono.empty());
			phases(3);
			test.pass(Duration.ofSeconds(1));
			assertThat(phasesOf(job)).containsExactly(0, 1, 2);
		}

		@Test
		void saysWhoWatches() {
			test.store.usually((batch, store) -> store.append(batch)
				.map((result) -> new AppendResult(result.status(), result.latest(), result.knownSequence(), false)));
			job.reporter().phase("x");
			int before = test.events(job).size();
			test.eachTick(40, job.reporter()::advance);
			assertThat(test.events(job).size() - before).isBetween(9, 11);
		}

	}

	@Nested
	class AStoreThatForgets {

		@Test
		void getsTheKeptEventsAgain() {
			phases(10);
			forget();
			job.reporter().phase("10");
			assertThat(phasesOf(job)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
			assertThat(test.events(job).get(0).state()).isEqualTo(JobState.QUEUED);
		}

		@Test
		void getsTheNewestBackIfThereWasTooMuch() {
			phases(200);
			forget();
			job.reporter().phase("200");
			List<Integer> phases = phasesOf(job);
			assertThat(phases).hasSize(65).startsWith(136).endsWith(200);
			job.done();
			assertThat(test.last(job).state()).isEqualTo(JobState.DONE);
		}

		@Test
		void getsItBackOverABadLineToo() {
			phases(10);
			forget();
			test.store.next(FaultyStore.NONE, FaultyStore.LOST_REPLY, FaultyStore.OUT_OF_REACH);
			job.reporter().phase("10");
			job.reporter().phase("11");
			job.done();
			test.pass(Duration.ofSeconds(3));
			assertThat(phasesOf(job)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
			assertThat(ends()).isOne();
		}

		@Test
		void getsItBackAgainAndAgain() {
			for (int i = 0; i < 30; i++) {
				job.reporter().phase(String.valueOf(i));
				forget();
				test.pass(Duration.ofSeconds(1));
			}
			job.done();
			assertThat(phasesOf(job)).hasSize(30).isSorted();
		}

		@Test
		void isNotAskedInCirclesIfItNeverRemembers() {
			test.store
				.usually((batch, store) -> Mono.just(new AppendResult(AppendResult.Status.MISSING, null, 0, true)));
			job.reporter().phase("0");
			int before = test.store.tries.size();
			test.pass(Duration.ofSeconds(10));
			assertThat(test.store.tries.size() - before).isBetween(8, 30);
			back();
			assertThat(phasesOf(job)).containsExactly(0);
		}

	}

	@Nested
	class AStoreThatIsFull {

		@Test
		void getsAJobBackOnceThereIsRoom() {
			ProgressJob other = test.tracker.open(JobSpec.named("other"));
			test.store.delete(other.id()).block(Duration.ofSeconds(5));
			test.store.usually((batch, store) -> Mono.error(new StoreFullException("full")));
			other.begin();
			assertThat(test.events(other)).isEmpty();
			back();
			assertThat(test.events(other)).extracting(ProgressEvent::state)
				.containsExactly(JobState.QUEUED, JobState.RUNNING);
		}

	}

	@Nested
	class AnotherWriter {

		@Test
		void endsOurSayInMidRun() {
			phases(2);
			ProgressEvent foreign = test.events(job).get(0);
			test.store
				.append(new EventBatch(((TrackedJob) job).info(), WriterToken.of(Long.MAX_VALUE), 1, List.of(foreign),
						AppendMode.REPLACE))
				.block(Duration.ofSeconds(5));
			int before = test.store.tries.size();
			test.eachTick(20, job.reporter()::advance);
			assertThat(test.store.tries).hasSize(before + 1);
			job.reporter().phase("2");
			job.done();
			assertThat(test.events(job)).containsExactly(foreign);
			assertThat(job.ended()).isCompletedWithValue(JobState.DONE);
			assertThat(test.tracker.stats().waitingEvents()).isZero();
		}

	}

	@Nested
	class AStoreThatRejects {

		@Test
		void getsTheEventWithoutItsPayload() {
			test.store.usually(rejecting((event) -> event.data().containsKey("poison")));
			job.reporter().data("poison", true);
			job.reporter().phase("0");
			job.reporter().data("poison", null);
			job.reporter().data("fine", true);
			job.reporter().phase("1");
			assertThat(phasesOf(job)).containsExactly(0, 1);
			assertThat(test.last(job).data()).containsEntry("fine", true);
			assertThat(test.tracker.stats().droppedEvents()).isZero();
		}

		@Test
		void getsTheEndWithoutItsResult() {
			test.store.usually(rejecting((event) -> event.result() != null));
			job.done("poison");
			assertThat(test.last(job).state()).isEqualTo(JobState.DONE);
			assertThat(test.last(job).result()).isNull();
		}

		@Test
		void doesNotGetWhatItWillNotTakeAtAll() {
			test.store.usually(rejecting((event) -> event.note() != null));
			job.reporter().phase("0");
			job.reporter().note(Note.Level.INFO, "poison");
			job.reporter().phase("1");
			assertThat(phasesOf(job)).containsExactly(0, 1);
			assertThat(test.tracker.stats().droppedEvents()).isOne();
		}

		@Test
		void getsTheEndOfABatchThatItWillNotTake() {
			test.store.usually(FaultyStore.OUT_OF_REACH);
			job.reporter().phase("0");
			job.reporter().note(Note.Level.INFO, "poison");
			job.done();
			test.store.usually(rejecting((event) -> event.note() != null));
			test.pass(Duration.ofSeconds(3));
			assertThat(phasesOf(job)).contains(0);
			assertThat(test.last(job).state()).isEqualTo(JobState.DONE);
			assertThat(test.tracker.stats().droppedEvents()).isOne();
		}

		@Test
		void getsTheJobIfItRejectsOnlyItsBeginning() {
			test.store.usually(rejecting((event) -> event.state() == JobState.QUEUED));
			ProgressJob other = test.tracker.open(JobSpec.named("other"));
			other.begin();
			other.done();
			assertThat(test.events(other)).extracting(ProgressEvent::state)
				.containsExactly(JobState.RUNNING, JobState.DONE);
		}

		@Test
		void isNotVisitedWithoutWork() {
			test.store.usually(rejecting((event) -> true));
			phases(3);
			job.done();
			int before = test.store.tries.size();
			test.pass(Duration.ofMinutes(1));
			assertThat(test.store.tries).hasSize(before);
			assertThat(test.tracker.stats().droppedEvents()).isEqualTo(4);
			assertThat(test.tracker.stats().waitingEvents()).isZero();
		}

		@Test
		void getsTheEndAlsoAfterItForgot() {
			phases(10);
			forget();
			test.store.usually(rejecting((event) -> "3".equals(event.phase())));
			job.done();
			assertThat(test.events(job)).extracting(ProgressEvent::state).containsExactly(JobState.DONE);
		}

		private Fault rejecting(Predicate<ProgressEvent> rule) {
			return (batch, store) -> batch.events().stream().anyMatch(rule)
					? Mono.error(new EventRejectedException("expected")) : store.append(batch);
		}

	}

	@Nested
	class AnyStore {

		@ParameterizedTest
		@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 })
		void getsEachPhaseOnceInOrderAndOneEnd(int seed) {
			Random random = new Random(seed);
			Fault[] faults = { FaultyStore.NONE, FaultyStore.NONE, FaultyStore.OUT_OF_REACH, FaultyStore.LOST_REPLY,
					FaultyStore.TWICE, FaultyStore.SILENCE, (batch, store) -> Mono.empty(),
					(batch, store) -> store.delete(batch.job().id()).then(store.append(batch)),
					(batch, store) -> store.append(batch).then(Mono.never()) };
			test.store.usually((batch, store) -> faults[random.nextInt(faults.length)].append(batch, store));
			for (int i = 0; i < 50; i++) {
				job.reporter().phase(String.valueOf(i));
				job.reporter().advance();
				test.pass(Duration.ofMillis(random.nextInt(3_000)));
			}
			job.done();
			test.pass(Duration.ofMinutes(2));
			back();
			test.pass(PATIENCE);
			List<Integer> phases = phasesOf(job);
			assertThat(phases).isSorted().doesNotHaveDuplicates();
			assertThat(phases.size() + hidden()).isGreaterThanOrEqualTo(50 - lostWithTheStore(phases));
			assertThat(ends()).isOne();
			assertThat(test.last(job).state()).isEqualTo(JobState.DONE);
			assertThat(test.last(job).progress().completed()).isEqualTo(50);
			assertThat(test.tracker.stats().waitingEvents()).isZero();
		}

		/** What a wiped store had, and the outbox no longer has. */
		private int lostWithTheStore(List<Integer> phases) {
			return phases.get(0);
		}

	}

	private void phases(int count) {
		Phase[] plan = new Phase[count];
		for (int i = 0; i < count; i++) {
			plan[i] = Phase.of(String.valueOf(i));
		}
		this.job.reporter().plan(plan);
		for (Phase phase : plan) {
			this.job.reporter().phase(phase.name());
		}
	}

	private void back() {
		this.test.store.usually(FaultyStore.NONE);
		this.test.pass(Duration.ofSeconds(2));
	}

	private void forget() {
		assertThat(this.test.store.delete(this.job.id()).block(Duration.ofSeconds(5))).isTrue();
	}

	/** The phases as they were stored, each event by which one was entered. */
	private List<Integer> phasesOf(JobHandle of) {
		Set<String> seen = new HashSet<>();
		List<Integer> phases = new ArrayList<>();
		String last = null;
		for (ProgressEvent event : this.test.events(of)) {
			String phase = event.phase();
			if (phase != null && !phase.equals(last)) {
				assertThat(seen.add(phase)).isTrue();
				phases.add(Integer.valueOf(phase));
			}
			last = phase;
		}
		return phases;
	}

	private long hidden() {
		return this.test.events(this.job).stream().mapToLong(ProgressEvent::coalesced).sum();
	}

	private long ends() {
		return this.test.events(this.job).stream().filter(ProgressEvent::isTerminal).count();
	}

}
