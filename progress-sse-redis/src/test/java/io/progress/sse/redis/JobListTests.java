package io.progress.sse.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.JobNotice;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ListedJob;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists of jobs in Redis: lost, found again, cleaned, bounded, and told to other nodes.
 */
class JobListTests {

	private static final Duration LEASE = Duration.ofSeconds(1);

	private static final String OWNER = "alice@example.com {admin}";

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private final RedisProgressEventStore store = RedisProgressEventStore.builder(redis.connections())
		.lease(LEASE)
		.grace(LEASE)
		.jobsPerOwner(20)
		.listedJobs(25)
		.build();

	private final RedisProgressEventStore other = RedisProgressEventStore.builder(redis.connections()).build();

	private final ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store).build();

	private final WriterToken writer = WriterToken.of(1);

	@BeforeEach
	void empty() {
		redis.process().call((redis) -> redis.flushall());
	}

	@AfterEach
	void close() {
		this.tracker.close();
		this.store.close();
		this.other.close();
	}

	@Test
	void runningJobsAreListedAgainOnceRedisWasWiped() {
		List<JobId> running = open(10);
		awaitListed(running);
		redis.process().call((redis) -> redis.flushall());
		awaitListed(running);
	}

	@Test
	void listsThatAloneWereLostComeBack() {
		List<JobId> running = open(10);
		awaitListed(running);
		redis.process().call((redis) -> redis.del(redis.keys("*:list").toArray(String[]::new)));
		redis.process().call((redis) -> redis.del(redis.keys("*:running").toArray(String[]::new)));
		awaitListed(running);
	}

	@Test
	void aJobOfAnotherNodeIsToldAtOnce() {
		BlockingQueue<JobNotice> notices = new LinkedBlockingQueue<>();
		Disposable listening = this.other.jobNotices(OWNER).subscribe(notices::add);
		assertThat(next(notices)).isInstanceOf(JobNotice.Ready.class);
		List<Long> taken = IntStream.range(0, 21).mapToLong((i) -> {
			long start = System.nanoTime();
			JobInfo job = append(OWNER, i, JobState.RUNNING);
			assertThat(next(notices)).isEqualTo(new JobNotice.Appeared(job));
			return System.nanoTime() - start;
		}).sorted().boxed().toList();
		assertThat(Duration.ofNanos(taken.get(10))).isLessThan(Duration.ofMillis(100));
		listening.dispose();
		Awaitility.await().until(() -> this.other.status().channels() == 0);
	}

	@Test
	void aPlaceWithoutItsJobIsRemoved() {
		JobInfo job = append(OWNER, 1, JobState.RUNNING);
		append(OWNER, 2, JobState.RUNNING);
		redis.process().call((redis) -> redis.del("progress:{" + job.id() + "}:job"));
		assertThat(listed(JobQuery.of(OWNER, 10))).hasSize(1);
		ListKeys list = ListKeys.ofOwner("progress", OWNER);
		assertThat(listed(new JobQuery(OWNER, null, Set.of(JobState.RUNNING), null, 10, null))).hasSize(1);
		Awaitility.await().until(() -> members(list.jobs()) == 1 && members(list.running()) == 1);
	}

	/** Its first answer may have been lost, and with it what follows the answer. */
	@Test
	void aRepeatedBatchListsItsJob() {
		JobInfo job = append(OWNER, 1, JobState.RUNNING);
		redis.process().call((redis) -> redis.del(JobKeys.text(ListKeys.ofOwner("progress", OWNER).jobs())));
		assertThat(listed(JobQuery.of(OWNER, 10))).isEmpty();
		append(job, JobState.RUNNING);
		assertThat(listed(JobQuery.of(OWNER, 10))).hasSize(1);
	}

	@Test
	void aNameOfAnOwnerIsInNoKey() {
		append(OWNER, 1, JobState.RUNNING);
		append("x".repeat(100_000), 1, JobState.RUNNING);
		assertThat(keys()).allMatch((key) -> key.matches("progress:\\{[A-Za-z0-9_:-]{1,140}}:[a-z]+"));
	}

	@Test
	void theOldestLeaveFullLists() {
		IntStream.range(0, 25).forEach((i) -> append(OWNER, i, JobState.RUNNING));
		IntStream.range(0, 5).forEach((i) -> append("bob", 100 + i, JobState.RUNNING));
		assertThat(listed(JobQuery.of(OWNER, 10))).hasSize(20);
		assertThat(listed(JobQuery.of(null, 10))).hasSize(25);
		assertThat(this.store.status().unlistedJobs()).isEqualTo(10);
	}

	@Test
	void listsExpireWithTheLastOfTheirJobs() {
		append(OWNER, 1, JobState.DONE);
		assertThat(keys()).hasSize(4);
		TimeMachine.pass(redis.process(), Duration.ofHours(24));
		assertThat(keys()).isEmpty();
	}

	@Test
	void aJobWhoseDataCannotBeReadHidesNoOther() {
		JobInfo broken = append(OWNER, 2, JobState.RUNNING);
		JobInfo good = append(OWNER, 1, JobState.RUNNING);
		redis.process().call((redis) -> redis.hset("progress:{" + broken.id() + "}:job", "e", "{\"v\":9}"));
		assertThat(listed(JobQuery.of(OWNER, 10))).extracting(ListedJob::job).containsExactly(good);
	}

	private List<JobId> open(int jobs) {
		return IntStream.range(0, jobs)
			.mapToObj((i) -> this.tracker.open(JobSpec.named("silent").withOwner(OWNER)))
			.map(ProgressJob::id)
			.toList();
	}

	private void awaitListed(List<JobId> jobs) {
		Awaitility.await()
			.atMost(FaultRun.PATIENCE)
			.untilAsserted(() -> assertThat(List.of(JobQuery.of(OWNER, 3), JobQuery.of(null, 3),
					new JobQuery(OWNER, null, Set.of(JobState.QUEUED), null, 3, null)))
				.allSatisfy((query) -> assertThat(listed(query)).extracting((listed) -> listed.job().id())
					.containsExactlyInAnyOrderElementsOf(jobs)));
	}

	private List<ListedJob> listed(JobQuery query) {
		return this.store.jobs(query)
			.expand((page) -> (page.next() != null) ? this.store.jobs(query.from(page.next())) : Mono.empty())
			.flatMapIterable((page) -> page.jobs())
			.collectList()
			.block(FaultRun.PATIENCE);
	}

	private JobInfo append(String owner, int second, JobState state) {
		JobInfo job = new JobInfo(JobId.of(UUID.randomUUID().toString()), "listed", owner, null,
				Instant.EPOCH.plusSeconds(second));
		append(job, state);
		return job;
	}

	private void append(JobInfo job, JobState state) {
		ProgressEvent event = ProgressEvent.builder(job, state, Instant.EPOCH).build();
		this.store.append(new EventBatch(job, this.writer, 1, List.of(event), AppendMode.CREATE))
			.block(FaultRun.PATIENCE);
	}

	private static List<String> keys() {
		return redis.process().call((redis) -> redis.keys("*"));
	}

	private static long members(byte[] key) {
		return redis.process().call((redis) -> redis.zcard(JobKeys.text(key)));
	}

	private static JobNotice next(BlockingQueue<JobNotice> notices) {
		try {
			return notices.poll(FaultRun.PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
