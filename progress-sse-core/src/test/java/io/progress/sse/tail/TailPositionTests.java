package io.progress.sse.tail;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

class TailPositionTests {

	private static final JobInfo JOB = new JobInfo(JobId.of("job"), "test", null, null, Instant.EPOCH);

	private final TailPosition position = new TailPosition(new EventId(1_000, 3));

	@Test
	void isFollowedByTheNextEventWhosePredecessorItIs() {
		assertThat(this.position.isFollowedBy(live(1_001, 4, new EventId(1_000, 3)))).isTrue();
		assertThat(this.position.isFollowedBy(live(1_001, 5, new EventId(1_000, 3)))).isFalse();
		assertThat(this.position.isFollowedBy(live(1_001, 4, new EventId(999, 3)))).isFalse();
		assertThat(this.position.isFollowedBy(live(1_001, 4, null))).isFalse();
	}

	@Test
	void isFollowedByAFirstEventOnlyAtTheBeginning() {
		assertThat(new TailPosition(null).isFollowedBy(live(1_000, 1, null))).isTrue();
		assertThat(new TailPosition(null).isFollowedBy(live(1_000, 2, new EventId(1_000, 1)))).isFalse();
		assertThat(this.position.isFollowedBy(live(1_001, 1, null))).isFalse();
	}

	@Test
	void isNotBeforeAnEventThatIsNewerByNeitherNumberNorTime() {
		assertThat(this.position.isNotBefore(new EventId(1_000, 3))).isTrue();
		assertThat(this.position.isNotBefore(new EventId(999, 2))).isTrue();
		assertThat(this.position.isNotBefore(new EventId(1_001, 1))).as("of another run").isFalse();
		assertThat(this.position.isNotBefore(new EventId(1_000, 4))).isFalse();
		assertThat(new TailPosition(null).isNotBefore(new EventId(1, 1))).isFalse();
	}

	@Test
	void knowsItsEventOnceItHasMoved() {
		assertThat(this.position.event()).isNull();
		StoredEvent next = stored(1_001, 4);
		this.position.moveTo(next);
		assertThat(this.position.isAt(next.id())).isTrue();
		assertThat(this.position.event()).isEqualTo(next.event());
	}

	@Test
	void isAheadUntilItHasCaughtUp() {
		assertThat(this.position.aheadFor(100)).isZero();
		this.position.moveTo(stored(1_001, 4));
		assertThat(this.position.aheadFor(150)).isEqualTo(50);
		this.position.catchUp(stored(1_001, 4));
		assertThat(this.position.aheadFor(200)).isZero();
	}

	private static StoreNotice.Live live(long ms, long n, @Nullable EventId previous) {
		return new StoreNotice.Live(stored(ms, n), previous);
	}

	private static StoredEvent stored(long ms, long n) {
		return new StoredEvent(new EventId(ms, n), ProgressEvent.builder(JOB, JobState.RUNNING, Instant.EPOCH).build());
	}

}
