package io.progress.sse.store.memory;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an {@link EventRing} packs comes out as it was.
 */
class EventRingTests {

	private static final Instant START = Instant.parse("2026-05-31T01:00:00.123456789Z");

	private static final JobInfo JOB = new JobInfo(JobId.of("job-of-the-ring"), "ring", "alice", null, START);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 7, 32, 33, 100, 256 })
	void holdsTheNewestEventsAsTheyWereAndTheMilestonesBeforeThem(int events) {
		Random random = new Random(events);
		EventRing ring = new EventRing(JOB, new JobLimits(events, 1_000, new LongAdder()));
		List<StoredEvent> all = new ArrayList<>();
		for (int n = 1; n <= 700; n++) {
			StoredEvent event = new StoredEvent(new EventId(1_000 + n / 3, n), event(random, n));
			ring.add(event);
			all.add(event);
			int first = n - ring.size() + 1;
			List<StoredEvent> model = all.stream()
				.filter((each) -> each.id().n() >= first || each.event().kind() != EventKind.TICK)
				.toList();
			assertThat(ring.size()).isBetween(Math.min(n, events), Math.min(n, events + Math.min(events, 32)));
			assertThat(ring.earliest()).isEqualTo(model.get(0).id());
			assertThat(ring.latest()).isSameAs(event);
			assertThat(ring.leadsOn(all.get(random.nextInt(n)).id())).isTrue();
			assertThat(ring.leadsOn(new EventId(999, n))).isFalse();
			int after = random.nextInt(n + 1);
			int limit = random.nextInt(80);
			assertThat(ring.after(after, limit))
				.isEqualTo(model.stream().filter((each) -> each.id().n() > after).limit(limit).toList());
		}
	}

	@Test
	void dropsTheOldestMilestonesBeyondTheirLimitAndRefusesCursorsBeforeThem() {
		LongAdder dropped = new LongAdder();
		EventRing ring = new EventRing(JOB, new JobLimits(4, 16, dropped));
		for (int n = 1; n <= 200; n++) {
			ProgressEvent event = (n % 2 == 0) ? tick().build()
					: ProgressEvent.builder(JOB, JobState.RUNNING, START).message("m" + n).build();
			ring.add(new StoredEvent(new EventId(1_000 + n, n), event));
			assertThat(ring.after(0, 1_000).size() - ring.size()).isLessThanOrEqualTo(16);
		}
		long earliest = ring.earliest().n();
		assertThat(dropped.sum()).isEqualTo((earliest - 1) / 2).isPositive();
		assertThat(ring.leadsOn(new EventId(1_000 + earliest - 2, earliest - 2))).isTrue();
		assertThat(ring.leadsOn(new EventId(1_000 + earliest - 3, earliest - 3))).isFalse();
		assertThat(ring.leadsOn(new EventId(1_000 + earliest + 1, earliest + 1))).isTrue();
		assertThat(ring.leadsOn(new EventId(1_000 + earliest + 3, earliest + 1))).isFalse();
	}

	@Test
	void keepsTheTypesOfNumbersAndTheOrderOfKeys() {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("z", 1);
		data.put("y", 1L);
		data.put("x", 1.0);
		data.put("w", 1.0f);
		data.put("v", new BigDecimal("1.00"));
		data.put("u", BigInteger.ONE);
		data.put("t", null);
		data.put("s", List.of(true, false, "text", Collections.singletonMap("a", null)));
		data.put("r", Long.MIN_VALUE);
		data.put("q", Integer.MAX_VALUE);
		EventRing ring = ringOf(tick().data(data).build(), tick().build());

		Map<String, @Nullable Object> read = ring.after(0, 1).get(0).event().data();

		assertThat(read).isEqualTo(data);
		assertThat(read.keySet()).containsExactlyElementsOf(data.keySet());
		assertThat(read.values()).extracting((value) -> (value != null) ? value.getClass().getSimpleName() : "null")
			.startsWith("Integer", "Long", "Double", "Float", "BigDecimal", "BigInteger", "null");
	}

	@Test
	void keepsTextThatIsNoText() {
		String odd = "\u0000\r\n\u0085é\u2028\uD83D\uDE00\uD83D lone \uDE00";
		EventRing ring = ringOf(tick().message(odd).phase("é").build(), tick().build());

		ProgressEvent read = ring.after(0, 1).get(0).event();

		assertThat(read.message()).isEqualTo(odd);
		assertThat(read.phase()).isEqualTo("é");
	}

	@Test
	void keepsAnEventOfAnotherJobApart() {
		JobInfo other = new JobInfo(JobId.of("another-job-altogether"), "other", null, JOB.id(), START);
		ProgressEvent foreign = ProgressEvent.builder(other, JobState.RUNNING, START).build();
		EventRing ring = ringOf(tick().build(), foreign, tick().build());

		assertThat(ring.after(1, 1).get(0).event()).isEqualTo(foreign);
		assertThat(ring.after(2, 1).get(0).event().jobId()).isEqualTo(JOB.id());
	}

	@Test
	void isReadWhileItGrows() {
		EventRing ring = new EventRing(JOB, new JobLimits(256, 1_000, new LongAdder()));
		List<ProgressEvent> events = new ArrayList<>();
		for (int n = 1; n <= 100; n++) {
			events.add(tick().message("m".repeat(n * 10)).build());
			ring.add(new StoredEvent(new EventId(1, n), events.get(n - 1)));
			assertThat(ring.after(0, 256)).extracting(StoredEvent::event).isEqualTo(events);
		}
	}

	@Test
	void keepsOnlyTheLatest() {
		ProgressEvent end = ProgressEvent.builder(JOB, JobState.DONE, START).result(Map.of("url", "/x")).build();
		EventRing ring = ringOf(tick().build(), tick().build(), end);

		ring.keepLatest();

		assertThat(ring.size()).isEqualTo(1);
		assertThat(ring.after(0, 9)).extracting(StoredEvent::event).containsExactly(end);
		assertThat(ring.earliest()).isEqualTo(ring.latest().id());
		assertThat(ring.leadsOn(new EventId(1, 2))).isFalse();
	}

	private static EventRing ringOf(ProgressEvent... events) {
		EventRing ring = new EventRing(JOB, new JobLimits(256, 1_000, new LongAdder()));
		for (int i = 0; i < events.length; i++) {
			ring.add(new StoredEvent(new EventId(1, i + 1), events[i]));
		}
		return ring;
	}

	private static ProgressEvent.Builder tick() {
		return ProgressEvent.builder(JOB, JobState.RUNNING, START).kind(EventKind.TICK);
	}

	private static ProgressEvent event(Random random, int n) {
		JobState state = pick(random, JobState.QUEUED, JobState.RUNNING, JobState.LOST, JobState.FAILED);
		Progress progress = new Progress(pick(random, null, random.nextDouble()), pick(random, null, random.nextLong()),
				pick(random, null, (long) n), pick(random, null, "images"), pick(random, null, random.nextDouble()),
				pick(random, null, Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000))));
		return ProgressEvent.builder(JOB, state, START.plusNanos(random.nextLong() >> 8))
			.kind(state.isTerminal() ? EventKind.TERMINAL : pick(random, EventKind.TICK, EventKind.MILESTONE))
			.attempt(1 + random.nextInt(2))
			.phase(pick(random, null, "one", "two"))
			.message(pick(random, null, "item " + n, "ünïcode " + n, "\u4E16\u754C" + n))
			.progress(pick(random, Progress.UNKNOWN, progress))
			.note(pick(random, null, new Note(Note.Level.WARNING, "careful")))
			.data(pick(random, Map.of(), Map.of("t", random.nextLong()), Map.of("a", n, "b", List.of(n, "x"))))
			.result(pick(random, null, Map.of("url", "/" + n)))
			.error(pick(random, null, JobError.INTERNAL))
			.stalled(random.nextBoolean())
			.coalesced(random.nextInt(3))
			.duration(pick(random, null, Duration.ofMillis(n)))
			.build();
	}

	@SafeVarargs
	private static <T extends @Nullable Object> T pick(Random random, T... values) {
		return values[random.nextInt(values.length)];
	}

}
