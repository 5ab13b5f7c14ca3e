package io.progress.sse.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Progress;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Clients that do not read, on real sockets. The kernel takes some megabytes before
 * anybody can tell.
 */
@Tag("protocol")
class SlowViewerTests {

	private static final String FILLER = "x".repeat(16_000);

	private static final int MORE_THAN_THE_KERNEL_TAKES = 800;

	/** Servlet containers cut off such clients themselves, in their own time. */
	@Test
	@Tag("netty")
	void aClientThatNeverReadsIsCutOffAndDelaysNobody() {
		try (TestServer server = TestServer.start("progress.sse.stall-timeout=1s")) {
			TestJob job = server.job("stuck");
			job.queued();
			try (RawClient healthy = RawClient.get(server.port(), "/progress/jobs/stuck/events");
					RawClient stuck = RawClient.neverReading(server.port(), "/progress/jobs/stuck/events")) {
				healthy.event();
				EventStreams feeds = server.bean(EventStreams.class);
				await().untilAsserted(() -> assertThat(feeds.streams()).isEqualTo(2));
				for (int i = 0; i < MORE_THAN_THE_KERNEL_TAKES; i++) {
					String id = job.phase(FILLER).toString();
					assertThat(healthy.event()).containsEntry("id", id);
				}
				await().untilAsserted(() -> assertThat(feeds.streams()).isEqualTo(1));
				assertThatThrownBy(() -> stuck.socket().getInputStream().transferTo(OutputStream.nullOutputStream()))
					.isInstanceOf(IOException.class)
					.hasMessageContaining("reset");
				String last = job.done("ok").toString();
				assertThat(healthy.event()).containsEntry("id", last);
				assertThat(healthy.frame()).isNull();
			}
		}
	}

	@Test
	@Tag("netty")
	@EnabledOnOs(OS.LINUX)
	void aClientThatReadsNothingIsCutOffEvenIfLittleIsSent() {
		try (TestServer server = TestServer.start("progress.sse.stall-timeout=1s")) {
			TestJob job = server.job("little");
			job.queued();
			try (RawClient stuck = RawClient.neverReading(server.port(), "/progress/jobs/little/events")) {
				EventStreams feeds = server.bean(EventStreams.class);
				await().untilAsserted(() -> assertThat(feeds.streams()).isEqualTo(1));
				job.phase(FILLER);
				await().untilAsserted(() -> assertThat(feeds.streams()).isZero());
				assertThat(stuck.socket().isClosed()).isFalse();
			}
		}
	}

	/**
	 * A servlet container may keep the last piece back until something else is written: a
	 * heartbeat at the latest.
	 */
	@Test
	void aClientThatStopsReadingForAWhileMissesIntermediateTicksOnly() {
		try (TestServer server = TestServer.start("progress.sse.heartbeat=2s")) {
			TestJob job = server.job("slow");
			List<String> milestones = new ArrayList<>();
			job.queued();
			try (RawClient client = RawClient.send(server.port(), 4_096, "GET", "/progress/jobs/slow/events", "");
					RawClient healthy = RawClient.get(server.port(), "/progress/jobs/slow/events")) {
				client.event();
				healthy.event();
				String lastTick = "";
				for (int i = 1; i <= MORE_THAN_THE_KERNEL_TAKES; i++) {
					if (i % 40 == 0) {
						milestones.add(job.phase("milestone " + i).toString());
						healthy.event();
					}
					lastTick = tick(job, i);
					assertThat(healthy.event()).containsEntry("id", lastTick);
				}
				List<Map<String, String>> received = new ArrayList<>();
				do {
					received.add(client.event());
				}
				while (!received.get(received.size() - 1).get("id").equals(lastTick));
				List<String> ids = received.stream().map((event) -> event.get("id")).toList();
				assertThat(ids).containsAll(milestones)
					.doesNotHaveDuplicates()
					.isSortedAccordingTo((a, b) -> Long.compare(number(a), number(b)))
					.hasSizeLessThan(MORE_THAN_THE_KERNEL_TAKES);
			}
		}
	}

	private static String tick(TestJob job, int i) {
		return job
			.append(JobState.RUNNING,
					(event) -> event.kind(EventKind.TICK)
						.message(FILLER)
						.progress(new Progress(null, (long) i, null, null, null, null)))
			.toString();
	}

	private static long number(String id) {
		return Long.parseLong(id.substring(id.indexOf('-') + 1));
	}

}
