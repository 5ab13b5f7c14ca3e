package io.progress.sse.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
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
import io.progress.sse.store.LeasedProgressEventStore;
import io.progress.sse.store.LosslessProgressEventStore;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of each {@link ProgressEventStore}, as tests. The author of a store
 * extends this class and implements two methods: one creates a store, the other lets time
 * pass.
 *
 * <pre class="code">
 * class MyProgressEventStoreTests extends ProgressEventStoreContract {
 *
 *     &#64;Override
 *     protected ProgressEventStore createStore(int eventsPerJob, Duration eventRetention, Duration resultRetention) { … }
 *
 *     &#64;Override
 *     protected void passTime(Duration duration) { … }
 *
 * }
 * </pre>
 *
 * For a store that is a {@link LosslessProgressEventStore} or a
 * {@link LeasedProgressEventStore} the tests of those contracts run, too; for others they
 * are skipped.
 *
 * <p>
 * Each test uses job ids of its own, so that stores may share a server that is never
 * emptied. The random runs print their seed when they fail; the system property
 * {@code progress.sse.test.seed} repeats them.
 */
public abstract class ProgressEventStoreContract {

	static final String SEED_PROPERTY = "progress.sse.test.seed";

	private static final Duration LONG = Duration.ofHours(1);

	private final String run = UUID.randomUUID().toString();

	private ProgressEventStore store;

	private TestJob job;

	/** Creates the contract. */
	@SuppressWarnings("NullAway.Init")
	protected ProgressEventStoreContract() {
	}

	/**
	 * Makes a store. Its budget of milestones is 500 per job at least.
	 * @param eventsPerJob how many of a job's newest events are kept, at least; at most
	 * ten times as many may be
	 * @param eventRetention how long they stay after the job's end
	 * @param resultRetention how long the final event stays after the job's end
	 * @return the store; released by the subclass, if it has to be
	 */
	protected abstract ProgressEventStore createStore(int eventsPerJob, Duration eventRetention,
			Duration resultRetention);

	/**
	 * Lets time pass for the stores that were made: moves their clock or waits.
	 * @param duration how long: some seconds at most, or lease and grace of a store that
	 * has them
	 */
	protected abstract void passTime(Duration duration);

	/**
	 * Sets the clock of the stores back, if it can be done.
	 * @param duration how far
	 * @return whether it was done; if not, the test of it is skipped
	 */
	protected boolean setClockBack(Duration duration) {
		return false;
	}

	@BeforeEach
	void makeStore() {
		use(createStore(100, LONG, LONG));
	}

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
				Instant.parse("2026-05-31T01:00:00.123Z"));
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
	void storesAnOldBatchNotAgainBehindNewerOnes() {
		this.job.append("a");
		this.job.append("b");
		AppendResult again = this.job.appendFrom(1, AppendMode.CONTINUE, "a");
		assertThat(again.status()).isEqualTo(Status.STORED);
		assertThat(again.knownSequence()).isEqualTo(2);
		assertThat(this.job.messages()).containsExactly("a", "b");
	}

	@Test
	void storesOnlyWhatIsNewOfAnOverlappingBatch() {
		this.job.append("a", "b");
		AppendResult result = this.job.appendFrom(2, AppendMode.CONTINUE, "b", "c");
		assertThat(result.status()).isEqualTo(Status.STORED);
		assertThat(result.knownSequence()).isEqualTo(3);
		assertThat(this.job.messages()).containsExactly("a", "b", "c");
	}

	@Test
	void asksForWhatIsMissingAndStoresNothing() {
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
	void restoresWhatIsLeftOfAForgottenJob() {
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

	@Test
	void findsNothingForAnUnknownJob() {
		assertThat(this.job.find(null, TestJob.ALL)).isNull();
		assertThat(this.job.find(new EventId(1, 1), 0)).isNull();
	}

	@Test
	void pagesThroughAJob() {
		this.job.append("a", "b", "c");
		this.job.append("d", "e");
		List<String> seen = new ArrayList<>();
		EventId cursor = null;
		EventPage page = this.job.page(null, 2);
		while (!page.events().isEmpty()) {
			assertThat(page.events()).hasSizeLessThanOrEqualTo(2);
			assertThat(page.latest().event().message()).isEqualTo("e");
			seen.addAll(TestJob.messages(page.events()));
			cursor = page.events().get(page.events().size() - 1).id();
			page = this.job.page(cursor, 2);
		}
		assertThat(seen).containsExactly("a", "b", "c", "d", "e");
		assertThat(page.stale()).isFalse();
		assertThat(page.latest().id()).isEqualTo(cursor);
	}

	@Test
	void tellsWhereAJobStandsWithoutItsEvents() {
		this.job.append("a", "b", "c");
		List<StoredEvent> all = this.job.events();
		for (EventId cursor : Arrays.asList(null, all.get(0).id(), all.get(2).id())) {
			EventPage page = this.job.page(cursor, 0);
			assertThat(page.stale()).isFalse();
			assertThat(page.events()).isEmpty();
			assertThat(page.earliest()).isEqualTo(all.get(0).id());
			assertThat(page.latest()).isEqualTo(all.get(2));
			assertThat(page.job()).isEqualTo(this.job.info());
			assertThat(page.ended()).isFalse();
		}
		assertThat(this.job.page(new EventId(1, 1), 0).stale()).isTrue();
	}

	@Test
	void acceptsACursorOnlyIfThatVeryIdIsStored() {
		this.job.append("a", "b", "c");
		EventId good = this.job.events().get(1).id();
		assertThat(TestJob.messages(this.job.page(good, TestJob.ALL).events())).containsExactly("c");
		for (EventId foreign : List.of(new EventId(good.ms() - 1, good.n()), new EventId(good.ms() + 1, good.n()),
				new EventId(good.ms(), 0), new EventId(good.ms(), 4), new EventId(good.ms() + 60_000, 99),
				new EventId(0, 0), new EventId(999_999_999_999_999L, 999_999_999_999_999L))) {
			EventPage page = this.job.page(foreign, TestJob.ALL);
			assertThat(page.stale()).as("cursor %s", foreign).isTrue();
			assertThat(page.events()).isEmpty();
			assertThat(page.latest().event().message()).isEqualTo("c");
		}
	}

	@Test
	void dropsTheOldestEventsOfALongJob() {
		use(createStore(10, LONG, LONG));
		EventId first = latest(this.job.tick("1"));
		for (int i = 2; i <= 200; i += 3) {
			this.job.tick("" + i, "" + (i + 1), "" + (i + 2));
		}
		EventPage page = this.job.page(null, TestJob.ALL);
		assertThat(page.events()).hasSizeBetween(10, 100);
		assertThat(page.earliest()).isEqualTo(page.events().get(0).id()).isGreaterThan(first);
		assertThat(page.latest()).isEqualTo(page.events().get(page.events().size() - 1));
		assertThat(page.latest().id().n()).isEqualTo(202);
		assertThat(this.job.page(page.earliest(), TestJob.ALL).events()).hasSize(page.events().size() - 1);
	}

	@Test
	void keepsMilestonesWhenTicksHaveGone() {
		use(createStore(10, LONG, LONG));
		EventId first = latest(this.job.append("start"));
		List<EventId> ticks = new ArrayList<>();
		for (int i = 1; i <= 300; i++) {
			ticks.add(latest(this.job.tick("" + i)));
			if (i % 100 == 0) {
				this.job.append("half", "past " + i);
			}
		}
		EventPage page = this.job.page(null, TestJob.ALL);
		assertThat(page.earliest()).isEqualTo(first);
		assertThat(TestJob.messages(page.events()))
			.containsSubsequence("start", "half", "past 100", "half", "past 200", "half", "past 300")
			.hasSizeLessThanOrEqualTo(107);
		assertThat(page.events()).extracting((event) -> event.id()).doesNotHaveDuplicates().isSorted();
		assertThat(page.events()).extracting((event) -> event.id()).doesNotContain(ticks.get(0), ticks.get(150));
	}

	@Test
	void goesOnBehindATickThatHasGoneWithTheMilestonesSinceThen() {
		use(createStore(10, LONG, LONG));
		this.job.append("start");
		EventId gone = latest(this.job.tick("gone"));
		for (int i = 1; i <= 120; i++) {
			this.job.tick("" + i);
		}
		this.job.append("phase");
		for (int i = 121; i <= 240; i++) {
			this.job.tick("" + i);
		}
		EventPage page = this.job.page(gone, TestJob.ALL);
		assertThat(page.stale()).isFalse();
		assertThat(TestJob.messages(page.events())).startsWith("phase").endsWith("239", "240").doesNotContain("start");
		assertThat(this.job.page(gone, 0).stale()).isFalse();
		assertThat(this.job.page(gone, 1).events()).isEqualTo(page.events().subList(0, 1));
		assertThat(this.job.page(page.events().get(0).id(), 2).events()).isEqualTo(page.events().subList(1, 3));
	}

	@Test
	void doesNotTakeAnyIdForThatOfATickThatHasGone() {
		use(createStore(10, LONG, LONG));
		List<EventId> ofEarlierRun = new ArrayList<>();
		for (int i = 1; i <= 200; i++) {
			ofEarlierRun.add(latest(this.job.tick("" + i)));
		}
		this.job.delete();
		passTime(Duration.ofMillis(2));
		this.job = new TestJob(this.store, this.job.id(), 11);
		this.job.append("start");
		EventId gone = latest(this.job.tick("gone"));
		for (int i = 1; i <= 150; i++) {
			this.job.tick("" + i);
		}
		assertThat(this.job.page(gone, 0).stale()).isFalse();
		for (EventId foreign : List.of(new EventId(0, 2), new EventId(gone.ms() + 3_600_000, 2),
				new EventId(gone.ms(), 0), new EventId(gone.ms(), 9_999), ofEarlierRun.get(1), ofEarlierRun.get(100),
				ofEarlierRun.get(199))) {
			assertThat(this.job.page(foreign, TestJob.ALL).stale()).as("cursor %s", foreign).isTrue();
		}
	}

	@Test
	void leadsFromAnyEventOfALongJobToItsEndWithEveryMilestone() {
		long seed = Long.getLong(SEED_PROPERTY, ThreadLocalRandom.current().nextLong());
		use(createStore(10, LONG, LONG));
		new LongRun(this.job, seed).run();
	}

	@Test
	void keepsABatchThatIsLongerThanAJobMayBe() {
		use(createStore(2, LONG, LONG));
		AppendResult result = this.job.append("a", "b", "c", "d", "e");
		assertThat(result.knownSequence()).isEqualTo(5);
		assertThat(this.job.messages()).endsWith("d", "e");
		assertThat(this.job.page(null, 0).latest().id().n()).isEqualTo(5);
	}

	@Test
	void keepsTheFinalEventLongerThanTheOthersAndThenForgetsTheJob() {
		use(createStore(100, Duration.ofSeconds(1), Duration.ofSeconds(3)));
		EventId before = latest(this.job.append("a"));
		EventId end = latest(this.job.end(JobState.DONE));
		assertThat(this.job.messages()).containsExactly("a", "done");
		passTime(Duration.ofMillis(1_500));
		EventPage page = this.job.page(null, TestJob.ALL);
		assertThat(TestJob.messages(page.events())).containsExactly("done");
		assertThat(page.earliest()).isEqualTo(end);
		assertThat(page.latest().id()).isEqualTo(end);
		assertThat(page.job()).isEqualTo(this.job.info());
		assertThat(this.job.page(before, TestJob.ALL).stale()).isTrue();
		assertThat(this.job.page(end, TestJob.ALL).stale()).isFalse();
		assertThat(this.job.append("late").status()).isEqualTo(Status.ENDED);
		passTime(Duration.ofSeconds(2));
		assertThat(this.job.find(null, TestJob.ALL)).isNull();
		assertThat(new TestJob(this.store, this.job.id(), 11).append(AppendMode.CREATE, "new").status())
			.isEqualTo(Status.STORED);
		assertThat(this.job.page(end, TestJob.ALL).stale()).isTrue();
	}

	@Test
	void forgetsADeletedJob() {
		assertThat(this.job.delete()).isFalse();
		EventId cursor = latest(this.job.append("a", "b"));
		assertThat(this.job.delete()).isTrue();
		assertThat(this.job.find(null, TestJob.ALL)).isNull();
		assertThat(this.job.find(cursor, TestJob.ALL)).isNull();
		assertThat(this.job.delete()).isFalse();
	}

	@Test
	void doesNotTakeTheCursorsOfADeletedJobForThoseOfTheNext() {
		List<EventId> old = List.of(latest(this.job.append("a")), latest(this.job.append("b")));
		this.job.delete();
		passTime(Duration.ofMillis(2));
		new TestJob(this.store, this.job.id(), 11).append(AppendMode.CREATE, "x", "y", "z");
		assertThat(this.job.numbers()).containsExactly(1L, 2L, 3L);
		for (EventId cursor : old) {
			assertThat(this.job.page(cursor, TestJob.ALL).stale()).isTrue();
		}
	}

	@Test
	void saysReadyFirstAlsoForAJobThatDoesNotExist() {
		try (NoticeLog notices = new NoticeLog(this.store, this.job.id())) {
			assertThat(notices.next()).isInstanceOf(StoreNotice.Ready.class);
			assertThat(this.job.find(null, TestJob.ALL)).isNull();
		}
	}

	@Test
	void tellsEachAppendAfterReadyWithItsPredecessorOrSaysThatItMayHaveMissedSome() {
		EventId stored = latest(this.job.append("a"));
		try (NoticeLog notices = new NoticeLog(this.store, this.job.id())) {
			awaitReady(notices);
			this.job.append("b");
			this.job.append("c", "d");
			EventId last = latest(this.job.append("e"));
			List<StoredEvent> told = new ArrayList<>();
			EventId previous = stored;
			while (!previous.equals(last)) {
				StoreNotice notice = notices.next();
				if (!(notice instanceof StoreNotice.Live live)) {
					return;
				}
				assertThat(live.previous()).isEqualTo(previous);
				previous = live.event().id();
				told.add(live.event());
			}
			assertThat(told).isEqualTo(this.job.page(stored, TestJob.ALL).events());
		}
	}

	@Test
	void tellsTheFirstEventOfAJobWithoutAPredecessor() {
		try (NoticeLog notices = new NoticeLog(this.store, this.job.id())) {
			awaitReady(notices);
			EventId first = latest(this.job.append(AppendMode.CREATE, "a"));
			if (notices.next() instanceof StoreNotice.Live live) {
				assertThat(live.event().id()).isEqualTo(first);
				assertThat(live.previous()).isNull();
			}
			new TestJob(this.store, this.job.id(), 11).append(AppendMode.REPLACE, "x");
			StoreNotice notice = notices.next();
			if (notice instanceof StoreNotice.Live live) {
				assertThat(live.event()).isEqualTo(this.job.page(null, 1).latest());
				assertThat(live.previous()).isNull();
			}
		}
	}

	@Test
	void tellsNothingOfOtherJobsOrOfRepetitions() {
		try (NoticeLog notices = new NoticeLog(this.store, this.job.id())) {
			awaitReady(notices);
			this.job.append("a");
			notices.next();
			new TestJob(this.store, JobId.of("other-" + this.run), 10).append("x");
			this.job.appendFrom(1, AppendMode.CONTINUE, "a");
			this.job.append("b");
			StoreNotice notice = notices.next();
			if (notice instanceof StoreNotice.Live live) {
				assertThat(live.event().event().message()).isEqualTo("b");
			}
		}
	}

	@Test
	void tellsEveryListener() {
		try (NoticeLog one = new NoticeLog(this.store, this.job.id());
				NoticeLog two = new NoticeLog(this.store, this.job.id())) {
			awaitReady(one);
			awaitReady(two);
			this.job.append("a");
			one.next();
			two.next();
		}
	}

	@Test
	void tellsListenersToReadWhenTheJobIsDeleted() {
		this.job.append("a");
		try (NoticeLog notices = new NoticeLog(this.store, this.job.id())) {
			awaitReady(notices);
			this.job.delete();
			assertThat(notices.next()).isNotInstanceOf(StoreNotice.Live.class);
		}
	}

	@Test
	void tellsAllOfAnAppendBeforeItAnswersIfItIsLossless() {
		assumeLossless();
		try (NoticeLog notices = new NoticeLog(this.store, this.job.id())) {
			awaitReady(notices);
			EventId previous = null;
			for (int i = 1; i < 20; i += 2) {
				List<StoreNotice> told = toldBefore(notices, this.store.append(batch(AppendMode.CONTINUE, i)));
				List<StoredEvent> stored = this.job.page(previous, TestJob.ALL).events();
				assertThat(told).containsSubsequence(new StoreNotice.Live(stored.get(0), previous),
						new StoreNotice.Live(stored.get(1), stored.get(0).id()));
				previous = stored.get(1).id();
			}
		}
	}

	@Test
	void tellsAllOfAReplacementBeforeItAnswersIfItIsLossless() {
		assumeLossless();
		this.job.append("a");
		try (NoticeLog notices = new NoticeLog(this.store, this.job.id())) {
			awaitReady(notices);
			this.job = new TestJob(this.store, this.job.id(), 11);
			List<StoreNotice> told = toldBefore(notices, this.store.append(batch(AppendMode.REPLACE, 1)));
			List<StoredEvent> stored = this.job.events();
			assertThat(told).containsSubsequence(new StoreNotice.Live(stored.get(0), null),
					new StoreNotice.Live(stored.get(1), stored.get(0).id()));
		}
	}

	@Test
	void tellsADeletionBeforeItAnswersIfItIsLossless() {
		assumeLossless();
		this.job.append("a");
		try (NoticeLog notices = new NoticeLog(this.store, this.job.id())) {
			awaitReady(notices);
			assertThat(toldBefore(notices, this.store.delete(this.job.id()))).contains(new StoreNotice.Ready());
		}
	}

	@Test
	void tellsTheWriterThatSomebodyListens() {
		try (NoticeLog notices = new NoticeLog(this.store, this.job.id())) {
			awaitReady(notices);
			assertThat(this.job.append("a").watched()).isTrue();
		}
	}

	@Test
	void renewsTheLeaseByAppendsAndBeatsOfTheWriterIfItHasLeases() {
		LeasedProgressEventStore leased = assumeLeased();
		assertThat(beat(leased, this.job)).isFalse();
		this.job.append("a");
		assertThat(this.job.page(null, 0).lease()).isPositive().isLessThanOrEqualTo(leased.lease());
		passTime(leased.lease());
		assertThat(beat(leased, new TestJob(this.store, this.job.id(), 11))).isFalse();
		assertThat(this.job.page(null, 0).lease()).isLessThanOrEqualTo(Duration.ZERO);
		assertThat(beat(leased, this.job)).isTrue();
		assertThat(this.job.page(null, 0).lease()).isPositive();
		passTime(leased.lease());
		this.job.append("b");
		assertThat(this.job.page(null, 0).lease()).isPositive();
	}

	@Test
	void callsAJobLostOnceAfterTheGraceIfItHasLeases() {
		LeasedProgressEventStore leased = assumeLeased();
		assertThat(markLost(leased)).isFalse();
		this.job.append("a");
		passTime(leased.lease());
		assertThat(markLost(leased)).isFalse();
		passTime(leased.grace().plusMillis(1));
		assertThat(markLost(leased)).isTrue();
		assertThat(markLost(leased)).isFalse();
		assertThat(this.job.messages()).containsExactly("a", "lost");
	}

	@Test
	void tellsTheWritersBeatUntilItAppendsThatTheJobWasCalledLostIfItHasLeases() {
		LeasedProgressEventStore leased = assumeLeased();
		this.job.append("a");
		passTime(leased.lease().plus(leased.grace()).plusMillis(1));
		assertThat(markLost(leased)).isTrue();
		assertThat(beat(leased, this.job)).isFalse();
		assertThat(beat(leased, this.job)).isFalse();
		this.job.append("b");
		assertThat(beat(leased, this.job)).isTrue();
		assertThat(this.job.messages()).containsExactly("a", "lost", "b");
	}

	@Test
	void losesAndDoublesNothingWhenWritersRepeatThemselvesOnManyThreads() {
		new ConcurrencyWitness(this.store, this.run).run();
	}

	@Test
	void doesWhatTheModelDoes() {
		long seed = Long.getLong(SEED_PROPERTY, ThreadLocalRandom.current().nextLong());
		new RandomRun(this.store, this.run, seed, () -> passTime(Duration.ofMillis(2))).run();
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

	private void use(ProgressEventStore store) {
		this.store = store;
		this.job = new TestJob(store, JobId.of("job-" + this.run), 10);
	}

	private void assumeLossless() {
		Assumptions.assumeTrue(this.store instanceof LosslessProgressEventStore, "this store may lose notices");
	}

	private LeasedProgressEventStore assumeLeased() {
		Assumptions.assumeTrue(this.store instanceof LeasedProgressEventStore, "this store has no leases");
		return (LeasedProgressEventStore) this.store;
	}

	private static boolean beat(LeasedProgressEventStore store, TestJob job) {
		return TestJob.await(store.beat(job.info(), job.writer()));
	}

	private boolean markLost(LeasedProgressEventStore store) {
		ProgressEvent lost = this.job.event(JobState.LOST, "lost");
		return TestJob.await(store.markLost(this.job.id(), store.grace(), lost));
	}

	private EventBatch batch(AppendMode mode, long firstSequence) {
		return this.job.batch(mode, firstSequence,
				List.of(this.job.event(JobState.RUNNING, "one"), this.job.event(JobState.RUNNING, "two")));
	}

	private static List<StoreNotice> toldBefore(NoticeLog notices, Mono<?> answer) {
		return TestJob.await(answer.map((given) -> notices.drain()));
	}

	private static void awaitReady(NoticeLog notices) {
		assertThat(notices.next()).isInstanceOf(StoreNotice.Ready.class);
	}

	private static EventId latest(AppendResult result) {
		assertThat(result.status()).isEqualTo(Status.STORED);
		return Objects.requireNonNull(result.latest(), "latest");
	}

}
