package io.progress.sse.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Milestones have a stream of their own once they have left that of the events, and a
 * cursor is good only while nothing but ticks is missing behind it.
 */
class MilestoneTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@RegisterExtension
	static final RedisExtension redis = new RedisExtension(RedisExecutable.BUNDLED);

	private final RedisProgressEventStore store = RedisProgressEventStore.builder(redis.connections())
		.eventsPerJob(8)
		.milestonesPerJob(20)
		.eventRetention(Duration.ofMinutes(10))
		.build();

	private final JobInfo job = new JobInfo(JobId.of(UUID.randomUUID().toString()), "milestones", null, null,
			Instant.EPOCH);

	private final WriterToken writer = WriterToken.of(1);

	private final List<EventId> ids = new ArrayList<>();

	private long sequence;

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void areKeptWithinTheirBudgetAndCountedWhenTheyAreDropped() {
		tickAndMilestone(15);
		assertThat(page(null).earliest()).isEqualTo(this.ids.get(1));
		assertThat(page(this.ids.get(2)).stale()).isFalse();
		tickAndMilestone(100);
		EventPage page = page(null);
		int first = (int) page.earliest().n();
		assertThat(page.events().size()).isLessThanOrEqualTo(20 + 8 + 2);
		assertThat(this.store.status().milestonesDropped()).isEqualTo((first - 2) / 2).isPositive();
		assertThat(page(this.ids.get(2)).stale()).isTrue();
		assertThat(page(this.ids.get(first)).events()).isEqualTo(page.events().subList(1, page.events().size()));
	}

	@Test
	void expireWithTheEvents() {
		tickAndMilestone(20);
		assertThat(left("milestones")).isBetween(Duration.ofMinutes(59).toMillis(), Duration.ofHours(1).toMillis());
		append(event(JobState.DONE, EventKind.TERMINAL));
		assertThat(left("milestones")).isBetween(1L, Duration.ofMinutes(10).toMillis());
	}

	@Test
	void anEvictedStreamOfEventsMakesCursorsStale() {
		tickAndMilestone(20);
		EventId dropped = this.ids.get(0);
		EventId moved = this.ids.get(1);
		assertThat(page(dropped).stale()).isFalse();
		remove("events");
		assertThat(page(dropped).stale()).isTrue();
		assertThat(page(moved).stale()).isTrue();
		tickAndMilestone(20);
		assertThat(page(dropped).stale()).isTrue();
		assertThat(page(moved).stale()).isTrue();
		assertThat(page(this.ids.get(40)).stale()).isFalse();
		assertThat(page(null).events()).extracting((event) -> event.id()).doesNotContain(moved);
	}

	@Test
	void evictedMilestonesMakeCursorsStale() {
		tickAndMilestone(20);
		remove("milestones");
		assertThat(page(this.ids.get(0)).stale()).isTrue();
		assertThat(page(null).stale()).isFalse();
		tickAndMilestone(20);
		assertThat(page(this.ids.get(0)).stale()).isTrue();
		assertThat(page(this.ids.get(1)).stale()).isTrue();
		assertThat(page(this.ids.get(44)).stale()).isFalse();
		assertThat(left("milestones")).isPositive();
	}

	@Test
	void doNotVouchForIdsOfAServerThatWasLeftBehindInAFailover() {
		tickAndMilestone(20);
		EventId common = this.ids.get(30);
		byte[] hash = dump("job");
		byte[] events = dump("events");
		byte[] milestones = dump("milestones");
		List<ProgressEvent> lost = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			lost.add(event(JobState.RUNNING, EventKind.TICK));
			append(lost.get(i));
		}
		EventId left = this.ids.get(this.ids.size() - 3);
		restore("job", hash);
		restore("events", events);
		restore("milestones", milestones);
		TimeMachine.pass(redis.process(), Duration.ofSeconds(1));
		assertThat(send(AppendMode.CONTINUE, event(JobState.RUNNING, EventKind.TICK)).status())
			.isEqualTo(Status.MISSING);
		append(event(JobState.RUNNING, EventKind.MILESTONE));
		tickAndMilestone(10);
		EventId sameNumber = this.ids.get(49);
		assertThat(sameNumber.n()).isEqualTo(left.n());
		assertThat(page(left).stale()).isTrue();
		assertThat(page(common).stale()).isTrue();
		assertThat(page(this.ids.get(31)).stale()).isFalse();
		assertThat(page(sameNumber).stale()).isFalse();
	}

	@Test
	void goWithTheirJob() {
		tickAndMilestone(20);
		assertThat(this.store.delete(this.job.id()).block(PATIENCE)).isTrue();
		assertThat(left("milestones")).isEqualTo(-2);
	}

	private void tickAndMilestone(int times) {
		for (int i = 0; i < times; i++) {
			append(event(JobState.RUNNING, EventKind.TICK));
			append(event(JobState.RUNNING, EventKind.MILESTONE));
		}
	}

	private void append(ProgressEvent event) {
		AppendResult result = send(AppendMode.RESTORE, event);
		assertThat(result.status()).isEqualTo(Status.STORED);
		this.ids.add(result.latest());
	}

	private AppendResult send(AppendMode mode, ProgressEvent event) {
		return this.store.append(new EventBatch(this.job, this.writer, ++this.sequence, List.of(event), mode))
			.block(PATIENCE);
	}

	private EventPage page(@Nullable EventId after) {
		return this.store.read(this.job.id(), after, 1_000).block(PATIENCE);
	}

	private ProgressEvent event(JobState state, EventKind kind) {
		return ProgressEvent.builder(this.job, state, Instant.EPOCH)
			.kind(kind)
			.message(String.valueOf(this.sequence))
			.build();
	}

	private void remove(String key) {
		long removed = redis.process().call((commands) -> commands.del(name(key)));
		assertThat(removed).isOne();
	}

	private long left(String key) {
		return redis.process().call((commands) -> commands.pttl(name(key)));
	}

	private byte[] dump(String key) {
		return redis.process().call((commands) -> commands.dump(name(key)));
	}

	private void restore(String key, byte[] value) {
		remove(key);
		redis.process().call((commands) -> commands.restore(name(key), 3_600_000, value));
	}

	private String name(String key) {
		return "progress:{" + this.job.id() + "}:" + key;
	}

}
