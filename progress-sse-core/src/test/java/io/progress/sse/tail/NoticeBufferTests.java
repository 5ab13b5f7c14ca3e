package io.progress.sse.tail;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

class NoticeBufferTests {

	private final NoticeBuffer buffer = new NoticeBuffer();

	@Test
	void tellsTheTailOnceUntilItLooks() {
		assertThat(this.buffer.offer(notice(1))).isTrue();
		assertThat(this.buffer.offer(notice(2))).isFalse();
		assertThat(this.buffer.open()).isFalse();
		assertThat(this.buffer.offer(notice(3))).isTrue();
	}

	@Test
	void keepsTheFirstAndSaysThatItIsFull() {
		for (int n = 1; n <= NoticeBuffer.SIZE + 1; n++) {
			this.buffer.offer(notice(n));
		}
		assertThat(this.buffer.open()).as("a notice was lost").isTrue();
		assertThat(this.buffer.open()).as("that is known").isFalse();
		for (int n = 1; n <= NoticeBuffer.SIZE; n++) {
			assertThat(this.buffer.poll()).isEqualTo(notice(n));
		}
		assertThat(this.buffer.poll()).isNull();
		this.buffer.offer(notice(1));
		assertThat(this.buffer.open()).as("there is room again").isFalse();
	}

	private static StoreNotice.Live notice(int n) {
		JobInfo job = new JobInfo(JobId.of("job"), "test", null, null, Instant.EPOCH);
		ProgressEvent event = ProgressEvent.builder(job, JobState.RUNNING, Instant.EPOCH).build();
		return new StoreNotice.Live(new StoredEvent(new EventId(1, n), event), null);
	}

}
