package io.progress.sse.boxtests;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.boxtests.EventReader.Event;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients see through each box. A box whose program is not installed is left out,
 * loudly.
 */
@Tag("long")
@Timeout(60)
@ParameterizedClass
@EnumSource(Box.class)
class MiddleBoxTests {

	private static final int EVENTS = 15;

	private static InMemoryProgressEventStore store;

	/** Runs the jobs, as another node would: the application may restart meanwhile. */
	private static ProgressTracker tracker;

	private static Upstream upstream;

	private static RunningBox running;

	private static BoxClient client;

	@Parameter
	private Box box;

	@BeforeAll
	static void startApplication() {
		store = InMemoryProgressEventStore.builder().build();
		tracker = ProgressTrackerBuilder.forStore(store).build();
		upstream = new Upstream(store);
	}

	@AfterAll
	static void stopApplication() {
		tracker.close();
		upstream.close();
	}

	@BeforeParameterizedClassInvocation
	static void startBox(Box box, @TempDir Path folder) throws Exception {
		running = box.start(upstream.port(), folder);
		client = new BoxClient(running);
	}

	@AfterParameterizedClassInvocation
	static void stopBox() throws Exception {
		running.close();
	}

	@Test
	void eachEventArrivesBeforeTheNextIsSent() throws Exception {
		try (ProgressJob job = tracker.open(JobSpec.named("report"))) {
			job.reporter().phase("first");
			long asked = System.nanoTime();
			try (EventReader events = open(job, null)) {
				events.next("\"first\"");
				long first = System.nanoTime() - asked;
				long[] delays = new long[EVENTS];
				for (int i = 0; i < EVENTS; i++) {
					long sent = System.nanoTime();
					job.reporter().phase("step " + i);
					events.next("\"step " + i + "\"");
					delays[i] = System.nanoTime() - sent;
				}
				job.done();
				Event end = events.next("\"done\"");
				assertThat(end.name()).isEqualTo("done");
				assertThat(events.next()).as("end of the stream").isNull();
				Arrays.sort(delays);
				System.out.printf("%-16s first event after %5.1f ms, each other after %5.1f ms, slowest %5.1f ms%n",
						this.box, first / 1e6, delays[EVENTS / 2] / 1e6, delays[EVENTS - 1] / 1e6);
			}
		}
	}

	@Test
	void aClientResumesWhenTheApplicationHasRestarted() throws Exception {
		try (ProgressJob job = tracker.open(JobSpec.named("report"))) {
			job.reporter().phase("before");
			Event seen;
			try (EventReader events = open(job, null)) {
				seen = events.next("\"before\"");
				upstream.stop();
				assertThat(events.next()).as("end of the stream").isNull();
			}
			job.reporter().phase("meanwhile");
			upstream.startAgain();
			try (EventReader events = open(job, seen.id())) {
				Event next = events.next();
				assertThat(next).isNotNull();
				assertThat(next.data()).contains("\"meanwhile\"");
				job.done();
				assertThat(events.next("\"done\"").name()).isEqualTo("done");
			}
		}
	}

	@Test
	void theIdOfAJobPassesInBothDirections() throws Exception {
		String id = "chosen-by-the-client-" + this.box;
		HttpResponse<InputStream> response = client
			.send(client.request("/reports").header("X-Job-Id", id).POST(BodyPublishers.noBody()));
		assertThat(text(response)).isEqualTo("rendered");
		assertThat(response.headers().firstValue("X-Job-Id")).hasValue(id);
		assertThat(response.headers().firstValue("Link")).hasValueSatisfying((link) -> assertThat(link).contains(id));
	}

	@Test
	void aClientCanPoll() throws Exception {
		try (ProgressJob job = tracker.open(JobSpec.named("report"))) {
			job.reporter().phase("first");
			String path = "/progress/jobs/" + job.id();
			HttpResponse<InputStream> state = client.send(client.request(path));
			assertThat(text(state)).contains("\"first\"");
			assertThat(state.headers().firstValue("Retry-After")).isPresent();
			String tag = state.headers().firstValue("ETag").orElseThrow();
			HttpResponse<InputStream> same = client.send(client.request(path).header("If-None-Match", tag));
			text(same);
			assertThat(same.statusCode()).isEqualTo(304);
			job.reporter().phase("second");
			assertThat(text(client.send(client.request(path).header("If-None-Match", tag)))).contains("\"second\"");
		}
	}

	/**
	 * Opens a stream as soon as the box finds the application.
	 */
	private static EventReader open(ProgressJob job, @Nullable String lastEventId) throws IOException {
		HttpRequest.Builder request = client.request("/progress/jobs/" + job.id() + "/events")
			.header("Accept", "text/event-stream");
		if (lastEventId != null) {
			request.header("Last-Event-ID", lastEventId);
		}
		return new EventReader(Awaitility.await()
			.pollDelay(Duration.ZERO)
			.atMost(Duration.ofSeconds(30))
			.until(() -> client.send(request), (response) -> response.statusCode() == 200));
	}

	private static String text(HttpResponse<InputStream> response) throws IOException {
		try (InputStream body = BoxClient.body(response)) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
