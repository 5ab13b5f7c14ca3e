package io.progress.sse.test;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.LosslessProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of the contract about notices to listeners.
 */
abstract class NoticeContract extends ReadContract {

	@Test
	void saysReadyFirstAlsoForAJobThatDoesNotExist() {
		try (NoticeLog<StoreNotice> notices = new NoticeLog<>(this.store.listen(this.job.id()))) {
			assertThat(notices.next()).isInstanceOf(StoreNotice.Ready.class);
			assertThat(this.job.find(null, TestJob.ALL)).isNull();
		}
	}

	@Test
	void tellsEachAppendAfterReadyWithItsPredecessorOrSaysThatItMayHaveMissedSome() {
		EventId stored = latest(this.job.append("a"));
		try (NoticeLog<StoreNotice> notices = new NoticeLog<>(this.store.listen(this.job.id()))) {
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
		try (NoticeLog<StoreNotice> notices = new NoticeLog<>(this.store.listen(this.job.id()))) {
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
		try (NoticeLog<StoreNotice> notices = new NoticeLog<>(this.store.listen(this.job.id()))) {
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
		try (NoticeLog<StoreNotice> one = new NoticeLog<>(this.store.listen(this.job.id()));
				NoticeLog<StoreNotice> two = new NoticeLog<>(this.store.listen(this.job.id()))) {
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
		try (NoticeLog<StoreNotice> notices = new NoticeLog<>(this.store.listen(this.job.id()))) {
			awaitReady(notices);
			this.job.delete();
			assertThat(notices.next()).isNotInstanceOf(StoreNotice.Live.class);
		}
	}

	@Test
	void tellsAllOfAnAppendBeforeItAnswersIfItIsLossless() {
		assumeLossless();
		try (NoticeLog<StoreNotice> notices = new NoticeLog<>(this.store.listen(this.job.id()))) {
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
		try (NoticeLog<StoreNotice> notices = new NoticeLog<>(this.store.listen(this.job.id()))) {
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
		try (NoticeLog<StoreNotice> notices = new NoticeLog<>(this.store.listen(this.job.id()))) {
			awaitReady(notices);
			assertThat(toldBefore(notices, this.store.delete(this.job.id()))).contains(new StoreNotice.Ready());
		}
	}

	@Test
	void tellsTheWriterThatTheJobIsWatched() {
		try (NoticeLog<StoreNotice> notices = new NoticeLog<>(this.store.listen(this.job.id()))) {
			awaitReady(notices);
			assertThat(this.job.append("a").watched()).isTrue();
		}
	}

	private void assumeLossless() {
		Assumptions.assumeTrue(this.store instanceof LosslessProgressEventStore, "this store may lose notices");
	}

	private EventBatch batch(AppendMode mode, long firstSequence) {
		return this.job.batch(mode, firstSequence,
				List.of(this.job.event(JobState.RUNNING, "one"), this.job.event(JobState.RUNNING, "two")));
	}

	private static List<StoreNotice> toldBefore(NoticeLog<StoreNotice> notices, Mono<?> answer) {
		return TestJob.await(answer.map((given) -> notices.drain()));
	}

	private static void awaitReady(NoticeLog<StoreNotice> notices) {
		assertThat(notices.next()).isInstanceOf(StoreNotice.Ready.class);
	}

}
