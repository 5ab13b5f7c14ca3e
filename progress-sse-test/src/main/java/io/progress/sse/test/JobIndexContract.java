package io.progress.sse.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobNotice;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.LeasedProgressEventStore;
import io.progress.sse.store.ListedJob;
import io.progress.sse.store.ProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The contract of each store that is a {@link JobIndex}, as tests. The author of a store
 * extends this class and implements two methods: one creates a store, the other lets time
 * pass.
 *
 * <p>
 * Each test uses owners and job ids of its own, so that stores may share a server that is
 * never emptied. The random run prints its seed when it fails; the system property
 * {@code progress.sse.test.seed} repeats it.
 */
public abstract class JobIndexContract {

	private static final int JOBS_PER_OWNER = 100;

	private static final Duration RETENTION = Duration.ofSeconds(100);

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final String run = UUID.randomUUID().toString();

	private final String alice = "alice-" + this.run;

	private ProgressEventStore store;

	private JobIndex index;

	/** Creates the contract. */
	@SuppressWarnings("NullAway.Init")
	protected JobIndexContract() {
	}

	/**
	 * Makes a store that is a {@link JobIndex}.
	 * @param jobsPerOwner how many jobs of an owner are listed
	 * @param resultRetention how long a job is kept after its end
	 * @return the store; the subclass must release it if necessary
	 */
	protected abstract ProgressEventStore createStore(int jobsPerOwner, Duration resultRetention);

	/**
	 * Lets time pass for the created stores: moves their clock or waits.
	 * @param duration how long
	 */
	protected abstract void passTime(Duration duration);

	@BeforeEach
	void makeStore() {
		this.store = createStore(JOBS_PER_OWNER, RETENTION);
		assertThat(this.store).isInstanceOf(JobIndex.class);
		this.index = (JobIndex) this.store;
	}

	@Test
	void listsTheJobsOfAnOwnerNewestFirst() {
		JobId second = begin(this.alice, 2).id();
		JobId first = begin(this.alice, 1).id();
		JobId third = begin(this.alice, 3).id();
		assertThat(idsOf(this.alice)).containsExactly(third, second, first);
	}

	@Test
	void listsJobsOfTheSameMomentByTheirIds() {
		List<JobId> ids = IntStream.range(0, 20).mapToObj((i) -> begin(this.alice, 1).id()).sorted().toList();
		assertThat(IndexWalk.ids(this.index, JobQuery.of(this.alice, 3)))
			.containsExactlyElementsOf(IntStream.range(0, 20).mapToObj((i) -> ids.get(19 - i)).toList());
	}

	@Test
	void keepsOwnersApartWhateverTheirNames() {
		List<String> owners = Stream
			.of("", " ", "*", "{", "}:jobs", "a:b", "\u0000", "\n", "Ægir \"O'Neil\"", "📄", "all", "null", "ALICE",
					"alice", "alice ", "x".repeat(5_000), "x".repeat(4_999) + "y")
			.map((name) -> name + "|" + this.run)
			.toList();
		List<JobId> jobs = owners.stream().map((owner) -> begin(owner, 1).id()).toList();
		for (int i = 0; i < owners.size(); i++) {
			List<ListedJob> listed = IndexWalk.all(this.index, JobQuery.of(owners.get(i), 10));
			assertThat(IndexWalk.ids(listed)).as("jobs of '%s'", owners.get(i)).containsExactly(jobs.get(i));
			assertThat(listed.get(0).job().owner()).isEqualTo(owners.get(i));
		}
	}

	@Test
	void listsTheJobsOfAllOwnersAndOfNone() {
		List<JobId> jobs = new ArrayList<>();
		for (String owner : Arrays.asList(this.alice, "bob-" + this.run, null)) {
			jobs.add(0, begin(owner, jobs.size()).id());
		}
		assertThat(IndexWalk.ids(this.index, named(null, this.run))).containsExactlyElementsOf(jobs);
	}

	@Test
	void listsNothingForAnOwnerWithoutJobs() {
		assertThat(TestJob.await(this.index.jobs(JobQuery.of(this.alice, 10)))).isEqualTo(new JobPage(List.of(), null));
	}

	@Test
	void showsEachJobAsItStands() {
		TestJob job = begin(this.alice, 1);
		job.tick("half");
		ListedJob running = onlyOne();
		assertThat(running.job()).isEqualTo(job.info());
		assertThat(running.latest()).isEqualTo(job.page(null, 0).latest());
		assertThat(running.lease() != null).isEqualTo(this.store instanceof LeasedProgressEventStore);
		job.end(JobState.DONE);
		ListedJob ended = onlyOne();
		assertThat(ended.latest()).isEqualTo(job.page(null, 0).latest());
		assertThat(ended.lease()).isNull();
	}

	@Test
	void selectsByState() {
		TestJob running = begin(this.alice, 1);
		TestJob done = begin(this.alice, 2);
		done.end(JobState.DONE);
		TestJob lost = begin(this.alice, 3);
		lost.end(JobState.LOST);
		TestJob failed = begin(this.alice, 4);
		failed.end(JobState.FAILED);
		assertThat(idsIn()).containsExactly(failed.id(), lost.id(), done.id(), running.id());
		assertThat(idsIn(JobState.RUNNING)).containsExactly(running.id());
		assertThat(idsIn(JobState.RUNNING, JobState.QUEUED, JobState.LOST)).containsExactly(lost.id(), running.id());
		assertThat(idsIn(JobState.DONE, JobState.FAILED)).containsExactly(failed.id(), done.id());
		assertThat(idsIn(JobState.RUNNING, JobState.DONE)).containsExactly(done.id(), running.id());
		lost.append("back");
		assertThat(idsIn(JobState.RUNNING)).containsExactly(lost.id(), running.id());
		assertThat(idsIn(JobState.CANCELLED, JobState.QUEUED)).isEmpty();
	}

	@Test
	void selectsByName() {
		JobId first = begin(new JobInfo(newId(), "import", this.alice, null, at(1))).id();
		JobId other = begin(new JobInfo(newId(), "export", this.alice, null, at(2))).id();
		JobId second = begin(new JobInfo(newId(), "import", this.alice, null, at(3))).id();
		assertThat(IndexWalk.ids(this.index, named(this.alice, "import"))).containsExactly(second, first);
		assertThat(IndexWalk.ids(this.index, named(this.alice, "export"))).containsExactly(other);
		assertThat(IndexWalk.ids(this.index, named(this.alice, "imp"))).isEmpty();
	}

	@Test
	void selectsByParentForChildrenOfAllOwners() {
		JobId parent = begin(this.alice, 1).id();
		JobId first = begin(new JobInfo(newId(), "child", this.alice, parent, at(2))).id();
		JobId second = begin(new JobInfo(newId(), "child", null, parent, at(3))).id();
		begin(new JobInfo(newId(), "child", this.alice, newId(), at(4)));
		assertThat(IndexWalk.ids(this.index, childrenOf(null, parent))).containsExactly(second, first);
		assertThat(IndexWalk.ids(this.index, childrenOf(this.alice, parent))).containsExactly(first);
		assertThat(IndexWalk.ids(this.index, childrenOf("bob", parent))).isEmpty();
		assertThat(IndexWalk.ids(this.index, childrenOf(null, first))).isEmpty();
	}

	@Test
	void neitherRepeatsNorSkipsAJobThatIsThereDuringTheWholeWalk() {
		List<TestJob> jobs = IntStream.range(0, 40).mapToObj((i) -> begin(this.alice, 100 + i / 3)).toList();
		Set<JobId> gone = new HashSet<>();
		IndexWalk walk = new IndexWalk(this.index, JobQuery.of(this.alice, 7));
		int page = 0;
		while (walk.goOn()) {
			begin(this.alice, 200 + page);
			begin(this.alice, 101);
			TestJob leaving = jobs.get(page * 5);
			leaving.delete();
			gone.add(leaving.id());
			jobs.get(page * 5 + 1).end(JobState.DONE);
			page++;
		}
		assertThat(walk.ids()).doesNotHaveDuplicates();
		assertThat(walk.ids()).containsAll(jobs.stream().map(TestJob::id).filter((id) -> !gone.contains(id)).toList());
	}

	@Test
	void goesOnBehindAJobThatHasGone() {
		List<TestJob> jobs = IntStream.range(0, 5).mapToObj((i) -> begin(this.alice, i)).toList();
		IndexWalk walk = new IndexWalk(this.index, JobQuery.of(this.alice, 2));
		walk.goOn();
		jobs.get(3).delete();
		walk.goOn();
		assertThat(walk.goOn()).isFalse();
		assertThat(walk.ids()).containsExactly(jobs.get(4).id(), jobs.get(3).id(), jobs.get(2).id(), jobs.get(1).id(),
				jobs.get(0).id());
	}

	@Test
	void saysWithTheLastPageThatItIsTheLast() {
		for (int i = 0; i < 4; i++) {
			begin(this.alice, i);
		}
		JobPage first = TestJob.await(this.index.jobs(JobQuery.of(this.alice, 2)));
		JobPage second = TestJob.await(this.index.jobs(JobQuery.of(this.alice, 2).from(first.next())));
		assertThat(second.jobs()).hasSize(2);
		assertThat(second.next()).isNull();
		assertThat(TestJob.await(this.index.jobs(JobQuery.of(this.alice, 4))).next()).isNull();
	}

	@Test
	void refusesACursorThatNoPageGave() {
		for (String cursor : List.of("", "~", "x", "1~a", "000000000000001", "000000000000001~", "000000000000001~a b",
				"00000000000000x~a", "-00000000000001~a", "000000000000001~" + "a".repeat(129), "x".repeat(10_000))) {
			Mono<JobPage> page = this.index.jobs(JobQuery.of(this.alice, 10).from(cursor));
			assertThatIllegalArgumentException().as(cursor)
				.isThrownBy(() -> page.block(TestJob.PATIENCE))
				.withMessageContaining("'cursor'");
		}
	}

	@Test
	void takesAJobOutOnceItsResultIsGone() {
		TestJob ended = begin(this.alice, 1);
		ended.end(JobState.DONE);
		TestJob running = begin(this.alice, 2);
		assertThat(idsOf(this.alice)).hasSize(2);
		passTime(RETENTION);
		running.append("alive");
		assertThat(idsOf(this.alice)).containsExactly(running.id());
	}

	@Test
	void takesOutADeletedJob() {
		TestJob job = begin(this.alice, 1);
		TestJob other = begin(this.alice, 2);
		job.delete();
		assertThat(idsOf(this.alice)).containsExactly(other.id());
		assertThat(idsIn(JobState.RUNNING)).containsExactly(other.id());
	}

	@Test
	void listsAReplacedJobOnceAndForItsNewOwner() {
		JobInfo info = new JobInfo(newId(), this.run, this.alice, null, at(1));
		begin(info).end(JobState.DONE);
		JobInfo again = new JobInfo(info.id(), this.run, this.alice, null, at(2));
		new TestJob(this.store, again, 2).append(AppendMode.REPLACE, "again");
		assertThat(IndexWalk.all(this.index, JobQuery.of(this.alice, 10))).extracting(ListedJob::job)
			.containsExactly(again);
		assertThat(idsIn(JobState.RUNNING)).containsExactly(info.id());
		JobInfo bobs = new JobInfo(info.id(), this.run, "bob-" + this.run, null, at(3));
		new TestJob(this.store, bobs, 3).append(AppendMode.REPLACE, "bob's");
		assertThat(idsOf(this.alice)).isEmpty();
		assertThat(idsOf("bob-" + this.run)).containsExactly(info.id());
	}

	@Test
	void listsNoJobThatWasRefused() {
		TestJob job = begin(this.alice, 1);
		JobInfo stolen = new JobInfo(job.id(), this.run, "bob-" + this.run, null, at(2));
		assertThat(new TestJob(this.store, stolen, 2).append(AppendMode.CREATE, "mine").status())
			.isEqualTo(Status.FENCED);
		assertThat(new TestJob(this.store, new JobInfo(newId(), this.run, this.alice, null, at(3)), 1)
			.appendFrom(5, AppendMode.CONTINUE, "5")
			.status()).isEqualTo(Status.MISSING);
		assertThat(idsOf("bob-" + this.run)).isEmpty();
		assertThat(idsOf(this.alice)).containsExactly(job.id());
	}

	@Test
	void listsAJobAgainThatItsWriterRestores() {
		TestJob job = begin(this.alice, 1);
		job.append("2");
		job.delete();
		assertThat(job.append("3").status()).isEqualTo(Status.MISSING);
		assertThat(idsOf(this.alice)).isEmpty();
		job.appendFrom(3, AppendMode.RESTORE, "3");
		assertThat(idsOf(this.alice)).containsExactly(job.id());
		assertThat(idsIn(JobState.RUNNING)).containsExactly(job.id());
	}

	@Test
	void listsTheNewestOfAnOwnerWithTooMany() {
		begin("bob-" + this.run, 0);
		List<JobId> jobs = new ArrayList<>();
		for (int i = 0; i < JOBS_PER_OWNER + 20; i++) {
			jobs.add(0, begin(this.alice, i).id());
		}
		assertThat(idsOf(this.alice)).containsExactlyElementsOf(jobs.subList(0, JOBS_PER_OWNER));
		assertThat(idsIn(JobState.RUNNING)).containsExactlyElementsOf(jobs.subList(0, JOBS_PER_OWNER));
		assertThat(idsOf("bob-" + this.run)).hasSize(1);
	}

	@Test
	void listsARunningJobWhoseOwnerHasTooManyThatHaveEnded() {
		TestJob old = begin(this.alice, 0);
		for (int i = 1; i <= JOBS_PER_OWNER + 20; i++) {
			begin(this.alice, i).end(JobState.DONE);
		}
		assertThat(idsIn(JobState.RUNNING)).containsExactly(old.id());
	}

	@Test
	void doesNothingUntilSubscribedToAndOncePerSubscription() {
		Mono<JobPage> jobs = this.index.jobs(JobQuery.of(this.alice, 10));
		JobId job = begin(this.alice, 1).id();
		assertThat(IndexWalk.ids(TestJob.await(jobs).jobs())).containsExactly(job);
		begin(this.alice, 2);
		assertThat(TestJob.await(jobs).jobs()).hasSize(2);
	}

	@Test
	void tellsWhichJobsOfAnOwnerAppearAndEnd() {
		try (NoticeLog<JobNotice> notices = listen(this.alice)) {
			begin("bob-" + this.run, 1).end(JobState.DONE);
			begin((String) null, 1).end(JobState.DONE);
			TestJob job = begin(this.alice, 1);
			assertThat(notices.next()).isEqualTo(new JobNotice.Appeared(job.info()));
			job.append("more");
			job.end(JobState.FAILED);
			assertThat(notices.next()).isEqualTo(new JobNotice.Ended(job.id()));
			TestJob other = begin(this.alice, 2);
			assertThat(notices.next()).isEqualTo(new JobNotice.Appeared(other.info()));
			other.delete();
			assertThat(notices.next()).isEqualTo(new JobNotice.Ended(other.id()));
		}
	}

	@Test
	void tellsOfTheJobsOfAllOwnersAndOfNone() {
		try (NoticeLog<JobNotice> notices = listen(null)) {
			for (String owner : Arrays.asList(this.alice, null)) {
				TestJob job = begin(owner, 1);
				awaitOwn(notices, new JobNotice.Appeared(job.info()));
				job.end(JobState.DONE);
				awaitOwn(notices, new JobNotice.Ended(job.id()));
			}
		}
	}

	@Test
	void tellsOfAReplacementAndOfARestoredJob() {
		TestJob job = begin(this.alice, 1);
		try (NoticeLog<JobNotice> notices = listen(this.alice)) {
			JobInfo again = new JobInfo(job.id(), this.run, this.alice, null, at(2));
			TestJob second = new TestJob(this.store, again, 2);
			second.append(AppendMode.REPLACE, "again");
			assertThat(notices.next()).isEqualTo(new JobNotice.Appeared(again));
			second.delete();
			assertThat(notices.next()).isEqualTo(new JobNotice.Ended(job.id()));
			second.appendFrom(7, AppendMode.RESTORE, "7");
			assertThat(notices.next()).isEqualTo(new JobNotice.Appeared(again));
		}
	}

	@Test
	void listsAJobBeforeItTellsThatItAppeared() {
		try (NoticeLog<JobNotice> notices = listen(this.alice)) {
			for (int i = 0; i < 20; i++) {
				int number = i;
				Thread writer = new Thread(() -> begin(this.alice, number));
				writer.start();
				JobNotice notice = notices.next();
				assertThat(notice).isInstanceOf(JobNotice.Appeared.class);
				assertThat(idsOf(this.alice)).contains(((JobNotice.Appeared) notice).job().id());
			}
		}
	}

	@Test
	void continuesWhenAListenerThrows() {
		this.index.jobNotices(this.alice).subscribe(new ThrowsAtNews());
		try (NoticeLog<JobNotice> notices = listen(this.alice)) {
			for (int i = 0; i < 3; i++) {
				TestJob job = begin(this.alice, i);
				assertThat(notices.next()).isEqualTo(new JobNotice.Appeared(job.info()));
			}
		}
		assertThat(idsOf(this.alice)).hasSize(3);
	}

	@Test
	void mayBeCalledByAListener() throws InterruptedException {
		BlockingQueue<List<JobId>> answers = new LinkedBlockingQueue<>();
		Disposable asking = this.index.jobNotices(this.alice)
			.ofType(JobNotice.Appeared.class)
			.flatMap((notice) -> this.index.jobs(JobQuery.of(this.alice, 10)))
			.subscribe((page) -> answers.add(IndexWalk.ids(page.jobs())));
		try (NoticeLog<JobNotice> ready = listen(this.alice)) {
			JobId first = begin(this.alice, 1).id();
			assertThat(answers.poll(TestJob.PATIENCE.toSeconds(), TimeUnit.SECONDS)).containsExactly(first);
			assertThat(ready.next()).isInstanceOf(JobNotice.Appeared.class);
		}
		asking.dispose();
	}

	@Test
	void doesWhatTheModelDoes() {
		long seed = Long.getLong(ProgressEventStoreContract.SEED_PROPERTY, ThreadLocalRandom.current().nextLong());
		new IndexRun(this.store, this.index, this.run, seed).run();
	}

	private ListedJob onlyOne() {
		List<ListedJob> listed = IndexWalk.all(this.index, JobQuery.of(this.alice, 10));
		assertThat(listed).hasSize(1);
		return listed.get(0);
	}

	private List<JobId> idsOf(String owner) {
		return IndexWalk.ids(this.index, JobQuery.of(owner, 30));
	}

	private List<JobId> idsIn(JobState... states) {
		return IndexWalk.ids(this.index, new JobQuery(this.alice, null, Set.of(states), null, 30, null));
	}

	private static JobQuery named(@Nullable String owner, String name) {
		return new JobQuery(owner, null, Set.of(), name, 10, null);
	}

	private static JobQuery childrenOf(@Nullable String owner, JobId parent) {
		return new JobQuery(owner, parent, Set.of(), null, 10, null);
	}

	/** Listens, and waits until the index does. */
	private NoticeLog<JobNotice> listen(@Nullable String owner) {
		NoticeLog<JobNotice> notices = new NoticeLog<>(this.index.jobNotices(owner));
		assertThat(notices.next()).isInstanceOf(JobNotice.Ready.class);
		return notices;
	}

	private void awaitOwn(NoticeLog<JobNotice> notices, JobNotice expected) {
		JobNotice notice = notices.next();
		while (!notice.equals(expected)) {
			assertThat(notice).isNotInstanceOf(JobNotice.Suspect.class);
			notice = notices.next();
		}
	}

	private TestJob begin(@Nullable String owner, int second) {
		return begin(new JobInfo(newId(), this.run, owner, null, at(second)));
	}

	private TestJob begin(JobInfo info) {
		TestJob job = new TestJob(this.store, info, 1);
		assertThat(job.append(AppendMode.CREATE, "begun").status()).isEqualTo(Status.STORED);
		return job;
	}

	private static JobId newId() {
		return JobId.of(UUID.randomUUID().toString());
	}

	private static Instant at(int second) {
		return START.plusSeconds(second);
	}

	private static final class ThrowsAtNews extends BaseSubscriber<JobNotice> {

		@Override
		protected void hookOnNext(JobNotice notice) {
			if (!(notice instanceof JobNotice.Ready)) {
				throw new IllegalStateException("Thrown at " + notice);
			}
		}

		@Override
		protected void hookOnError(Throwable error) {
			// It is cut off.
		}

	}

}
