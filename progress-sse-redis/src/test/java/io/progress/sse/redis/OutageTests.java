package io.progress.sse.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

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
import io.progress.sse.store.EventPage;
import io.progress.sse.store.WriterToken;
import io.progress.sse.tail.JobTail;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Redis is away for longer than lease and grace, and workers have nothing to say: they
 * wait to begin, so that not even a stall is news.
 */
class OutageTests {

	private static final int JOBS = 20;

	private static final Duration LEASE = Duration.ofSeconds(1);

	private final RedisProcess redis = new RedisProcess(RedisExecutable.BUNDLED, "--appendonly", "yes", "--appendfsync",
			"always");

	private final LettuceConnectionFactory connections = this.redis.connectionFactory();

	private final RedisProgressEventStore store = RedisProgressEventStore.builder(this.connections)
		.lease(LEASE)
		.grace(LEASE)
		.build();

	private final ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store).build();

	private final List<ProgressJob> jobs = IntStream.range(0, JOBS)
		.mapToObj((i) -> this.tracker.open(JobSpec.named("silent")))
		.toList();

	@AfterEach
	void stop() {
		this.tracker.close();
		this.store.close();
		this.connections.destroy();
		this.redis.close();
	}

	@Test
	void aLivingWorkerIsNotLostForLong() {
		awaitThatAllLive();
		JobTail tail = new JobTail(this.store, Schedulers.parallel(), LEASE);
		Disposable watching = Flux.fromIterable(this.jobs)
			.flatMap((job) -> tail.follow(job.id(), null), JOBS)
			.subscribe();
		this.redis.kill();
		Flux.interval(LEASE.multipliedBy(4)).blockFirst();
		this.redis.start();
		awaitThatAllLive();
		watching.dispose();
	}

	@Test
	void aWorkerThatWasCutOffTakesBackThatItIsLost() {
		awaitThatAllLive();
		TimeMachine.pass(this.redis, LEASE.multipliedBy(3));
		ProgressJob job = this.jobs.get(0);
		ProgressEvent lost = ProgressEvent.builder(page(job).job(), JobState.LOST, Instant.EPOCH).build();
		assertThat(this.store.markLost(job.id(), LEASE, lost).block(FaultRun.PATIENCE)).isTrue();
		awaitThatAllLive();
		assertThat(page(job).events()).extracting((event) -> event.event().state())
			.containsExactly(JobState.QUEUED, JobState.LOST, JobState.QUEUED);
	}

	@Test
	void noLeaseIsOverBeforeItCouldBeRenewed() {
		JobInfo job = new JobInfo(JobId.of("of-a-dead-worker"), "dead", null, null, Instant.EPOCH);
		ProgressEvent event = ProgressEvent.builder(job, JobState.RUNNING, Instant.EPOCH).build();
		this.store.append(new EventBatch(job, WriterToken.of(1), 1, List.of(event), AppendMode.CREATE))
			.block(FaultRun.PATIENCE);
		Awaitility.await().until(() -> lease(job).isNegative());
		this.redis.kill();
		Awaitility.await().until(() -> !this.store.status().connected());
		this.redis.start();
		Duration first = Mono.defer(() -> this.store.read(job.id(), null, 0))
			.retryWhen(Retry.fixedDelay(1_000, Duration.ofMillis(10)))
			.map(EventPage::lease)
			.block(FaultRun.PATIENCE);
		assertThat(first).isBetween(Duration.ZERO, LEASE.dividedBy(2));
		Awaitility.await().until(() -> lease(job).isNegative());
	}

	/** Lettuce alone would try again half a minute after the outage began. */
	@Test
	@Tag("long")
	void redisIsFoundAtOnceAfterALongOutage() {
		awaitThatAllLive();
		this.redis.kill();
		Flux.interval(Duration.ofSeconds(18)).blockFirst();
		this.redis.start();
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.store.status().connected());
	}

	private Duration lease(JobInfo job) {
		return this.store.read(job.id(), null, 0).map(EventPage::lease).block(FaultRun.PATIENCE);
	}

	private void awaitThatAllLive() {
		Awaitility.await()
			.atMost(FaultRun.PATIENCE)
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(this.jobs).allSatisfy((job) -> assertThat(page(job)).satisfies((page) -> {
				assertThat(page.latest().event().state()).isEqualTo(JobState.QUEUED);
				assertThat(page.lease()).isPositive();
			})));
	}

	private EventPage page(ProgressJob job) {
		return this.store.read(job.id(), null, 100).block(FaultRun.PATIENCE);
	}

}
