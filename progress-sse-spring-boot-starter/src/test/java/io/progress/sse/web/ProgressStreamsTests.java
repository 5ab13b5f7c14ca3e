package io.progress.sse.web;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.StaleCursorException;
import io.progress.sse.web.controller.ProgressStreams;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events of jobs for the application's own controllers.
 */
class ProgressStreamsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static TestServer server;

	private static ProgressStreams streams;

	@BeforeAll
	static void start() {
		server = TestServer.start("progress.sse.await-unknown=200ms", "progress.sse.heartbeat=100ms",
				"progress.sse.window.lag=4");
		streams = server.bean(ProgressStreams.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void replaysAndFollowsUntilTheEnd() {
		TestJob job = server.job("followed");
		EventId first = job.queued();
		EventId second = job.phase("a");
		StepVerifier.create(streams.events(JobId.of("followed"), null).map(StoredEvent::id))
			.expectNext(first, second)
			.then(() -> job.phase("b"))
			.expectNextCount(1)
			.then(() -> job.done("ok"))
			.expectNextCount(1)
			.expectComplete()
			.verify(TIMEOUT);
		StepVerifier.create(streams.events(JobId.of("followed"), first.toString()).map(StoredEvent::id))
			.expectNext(second)
			.expectNextCount(2)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void aSubscriberThatDoesNotKeepUpMissesTicksOnly() {
		TestJob job = server.job("slowly-read");
		job.queued();
		Flux<String> events = streams.events(JobId.of("slowly-read"), null)
			.map((stored) -> (stored.event().kind() == EventKind.TICK)
					? String.valueOf(stored.event().progress().completed())
					: stored.event().state() + " " + stored.event().phase());
		StepVerifier.create(events, 1).expectNext("QUEUED null").then(() -> {
			for (int i = 1; i <= 50; i++) {
				job.tick(i, 100);
			}
			job.phase("half");
			for (int i = 51; i <= 100; i++) {
				job.tick(i, 100);
			}
			streams.events(JobId.of("slowly-read"), null)
				.any((stored) -> Long.valueOf(100).equals(stored.event().progress().completed()))
				.block(TIMEOUT);
		})
			.thenRequest(1)
			.expectNext("RUNNING half")
			.thenRequest(1)
			.expectNext("100")
			.thenRequest(10)
			.then(() -> job.done("ok"))
			.expectNext("DONE null")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void subscribersThatBlockDelayNobodyHoweverManyThereAre() throws InterruptedException {
		TestJob job = server.job("blocked");
		job.queued();
		int many = 10 * Runtime.getRuntime().availableProcessors() + 20;
		CountDownLatch blocked = new CountDownLatch(many);
		CountDownLatch release = new CountDownLatch(1);
		for (int i = 0; i < many; i++) {
			streams.events(JobId.of("blocked"), null).subscribe((event) -> {
				blocked.countDown();
				await(release);
			});
		}
		try {
			assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(streams.events(JobId.of("blocked"), null).blockFirst(TIMEOUT)).isNotNull();
		}
		finally {
			release.countDown();
			job.done("ok");
		}
	}

	@Test
	void aCursorThatIsNotGoodFails() {
		server.job("stale-cursor").queued();
		for (String cursor : new String[] { "1-1", "nonsense" }) {
			StepVerifier.create(streams.events(JobId.of("stale-cursor"), cursor))
				.expectError(StaleCursorException.class)
				.verify(TIMEOUT);
		}
	}

	@Test
	void aJobThatIsGoneEndsTheStreamAtOnce() {
		try (TestServer patient = TestServer.start("progress.sse.await-unknown=1h")) {
			StepVerifier.create(patient.bean(ProgressStreams.class).events(JobId.of("gone"), "1748649600456-7"))
				.expectComplete()
				.verify(TIMEOUT);
		}
	}

	@Test
	void aJobThatDoesNotComeEndsTheStream() {
		StepVerifier.create(streams.events(JobId.of("does-not-come"), null)).expectComplete().verify(TIMEOUT);
	}

	@Test
	void serverSentEventsComeInAFormatWithHeartbeats() {
		TestJob job = server.job("as-sse");
		EventId first = job.tick(1, 2);
		StepVerifier.create(streams.serverSentEvents(JobId.of("as-sse"), null, "percent"))
			.expectNext(ServerSentEvent.<String>builder().comment("progress-sse").build())
			.thenConsumeWhile((event) -> "hb".equals(event.comment()))
			.expectNext(ServerSentEvent.builder("{\"step\":\"working\",\"percent\":50}")
				.event("progress")
				.id(first.toString())
				.build())
			.expectNext(ServerSentEvent.<String>builder().comment("hb").build())
			.then(() -> job.append(JobState.FAILED, (event) -> {
			}))
			.thenConsumeWhile((event) -> event.data() == null)
			.expectNextMatches((event) -> "error".equals(event.event()))
			.expectComplete()
			.verify(TIMEOUT);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
