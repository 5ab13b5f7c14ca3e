package io.progress.sse.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;

import io.progress.sse.event.JobState;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of the contract about reading: pages, cursors, and what is forgotten when.
 */
abstract class ReadContract extends AppendContract {

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

}
