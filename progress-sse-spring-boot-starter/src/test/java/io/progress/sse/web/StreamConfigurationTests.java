package io.progress.sse.web;

import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.format.ProgressEventFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What an application can set, add and see.
 */
class StreamConfigurationTests {

	private static final String ROUTE = "progress.sse.routes.a.path=/a/{jobId}";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					progress.sse.retry=999ms              | 'progress.sse.retry' must be at least 1000ms, but is 999ms
					progress.sse.poll-interval=999ms      | 'progress.sse.poll-interval' must be at least 1000ms, but is 999ms
					progress.sse.max-duration=400000d     | 'progress.sse.max-duration' must be at most 31536000000ms, but is 34560000000000ms
					progress.sse.routes.b.format=stage    | 'progress.sse.routes.b.path' must start with a slash and contain {jobId}, but is 'null'
					progress.sse.heartbeat=0              | 'progress.sse.heartbeat' must be at least 10ms
					progress.sse.path=progress            | 'progress.sse.path' must start with a slash
					progress.sse.path=/progress/          | 'progress.sse.path' must start with a slash
					progress.sse.job-id-header=a:b        | 'progress.sse.job-id-header' must be the name of a header
					progress.sse.format=stadnard          | 'progress.sse.format' must be one of [standard, phase, percent, stage, status], but is 'stadnard'
					progress.sse.routes.a.path=/a/b       | 'progress.sse.routes.a.path' must start with a slash and contain {jobId}, but is '/a/b'
					progress.sse.routes.a.status-path=/a  | 'progress.sse.routes.a.status-path' must start with a slash and contain {jobId}, but is '/a'
					progress.sse.routes.a.many-path=/{a}  | 'progress.sse.routes.a.many-path' must start with a slash and contain no variable, but is '/{a}'
					progress.sse.routes.a.retry=999ms     | 'progress.sse.routes.a.retry' must be at least 1000ms, but is 999ms
					progress.sse.routes.a.max-duration=0  | 'progress.sse.routes.a.max-duration' must be at least 10ms, but is 0ms
					progress.sse.routes.a.format=stage2   | 'progress.sse.routes.a.format' must be one of [standard, phase, percent, stage, status], but is 'stage2'
					progress.sse.limits.streams=0         | 'progress.sse.limits.streams' must be at least 1, but is 0
					progress.sse.tickets.ttl=0s           | 'progress.sse.tickets.ttl' must be at least 1000ms, but is 0ms
					progress.sse.tickets.ttl=1h           | 'progress.sse.tickets.ttl' must be at most 5m, because tickets are sent in URLs
					progress.sse.tickets.max=0            | 'progress.sse.tickets.max' must be at least 1, but is 0
					progress.sse.await-unknown=-1s        | 'progress.sse.await-unknown' must be at least 0ms
					progress.sse.window.size=1B           | 'progress.sse.window.size' must be at least
					progress.sse.on-stale-id=whatever     | whatever
					progress.sse.routes.a.on-stale-id=x   | x
					""",
			quoteCharacter = '"')
	void aBadSettingDoesNotStartAndSaysWhy(String property, String message) {
		assertThatThrownBy(() -> TestServer.start(ROUTE, property)).rootCause().hasMessageContaining(message);
	}

	@ParameterizedTest
	@Tag("protocol")
	@CsvSource(delimiter = '|',
			textBlock = """
					progress.sse.path=/own                    | 'progress.sse.path' must leave '/own/jobs/{id}' to the controller
					progress.sse.routes.b.path=/books/{jobId} | 'progress.sse.routes.b.path' must leave '/books/best' to the controller
					progress.sse.routes.a.many-path=/books    | 'progress.sse.routes.a.many-path' must leave '/books' to the controller
					""",
			quoteCharacter = '"')
	void aPathThatTakesAllRequestsOfAControllerDoesNotStart(String property, String message) {
		assertThatThrownBy(() -> TestServer.start(new Class<?>[] { Books.class }, ROUTE, property))
			.hasMessageContaining(message)
			.hasMessageContaining("Books#")
			.hasMessageContaining("change one of the two paths");
		TestServer.start(new Class<?>[] { Books.class }, ROUTE).close();
	}

	@Test
	@Tag("protocol")
	void aControllerBeforeTheEndpointsAnswersItsPath() {
		try (TestServer server = TestServer.start(new Class<?>[] { Books.class }, "progress.sse.path=/own",
				"progress.sse.order=1"); RawClient books = RawClient.get(server.port(), "/own/jobs/1")) {
			assertThat(books.body()).isEqualTo("1");
			try (RawClient ours = RawClient.get(server.port(), "/own/client.js")) {
				assertThat(ours.status()).isEqualTo(200);
			}
		}
	}

	@Test
	@Tag("protocol")
	void aControllerBehindTheEndpointsWouldNotAnswerItsPath() {
		assertThatThrownBy(() -> TestServer.start(new Class<?>[] { Books.class }, "progress.sse.path=/own",
				"progress.sse.order=-2"))
			.hasMessageContaining("'progress.sse.path' must leave '/own/jobs/{id}' to the controller")
			.hasMessageContaining("or set 'progress.sse.order'");
	}

	@Test
	@Tag("protocol")
	void aControllerWithWildcardsBehindTheEndpointsAnswersTheRest() {
		for (int order : new int[] { -2, 1 }) {
			try (TestServer server = TestServer.start(new Class<?>[] { Everything.class },
					"progress.sse.order=" + order);
					RawClient client = RawClient.get(server.port(), "/progress/jobs/none")) {
				assertThat(client.status()).isEqualTo((order < 0) ? 404 : 200);
			}
		}
	}

	@Test
	@Tag("protocol")
	void aFormatOfTheApplicationIsServed() {
		try (TestServer server = TestServer.start(new Class<?>[] { OwnFormat.class }, "progress.sse.format=own")) {
			EventId first = server.job("formatted").queued();
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/formatted/events")) {
				assertThat(client.event()).containsExactlyInAnyOrderEntriesOf(
						Map.of("event", "own.event", "data", "\"queued\"", "id", first.toString()));
			}
		}
	}

	@Test
	@Tag("protocol")
	void aFormatOfTheApplicationMaySendTextOfSeveralLines() {
		try (TestServer server = TestServer.start(new Class<?>[] { HtmlConfiguration.class },
				"progress.sse.format=html")) {
			EventId first = server.job("formatted").queued();
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/formatted/events")) {
				List<String> lines = client.frame();
				while (lines != null && !lines.contains("event: message")) {
					lines = client.frame();
				}
				assertThat(lines).containsExactly("event: message", "data: <li>", "data: queued", "data: </li>",
						"id: " + first);
			}
		}
	}

	@Test
	@Tag("protocol")
	void aClientThatPollsComesAsOftenAsItShould() {
		try (TestServer server = TestServer.start("progress.sse.poll-interval=7s")) {
			server.job("polled").queued();
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/polled")) {
				assertThat(client.header("retry-after")).isEqualTo("7");
			}
		}
	}

	@Test
	@Tag("protocol")
	void everythingIsServedElsewhere() {
		try (TestServer server = TestServer.start("progress.sse.path=/api/jobs-progress",
				"progress.sse.job-id-header=X-Task")) {
			server.job("elsewhere").queued();
			try (RawClient client = RawClient.get(server.port(), "/api/jobs-progress/jobs/elsewhere/events?stale=gone",
					"Last-Event-ID: 1-1")) {
				assertThat(client.body()).contains("\"statusUrl\":\"/api/jobs-progress/jobs/elsewhere\"");
			}
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/elsewhere/events")) {
				assertThat(client.status()).isEqualTo(404);
			}
		}
	}

	@Test
	void metersCountStreamsAndNameNoJob() {
		try (TestServer server = TestServer.start(new Class<?>[] { Registry.class }, "progress.sse.limits.per-job=1")) {
			MeterRegistry registry = server.bean(MeterRegistry.class);
			EventId first = server.job("measured").queued();
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/measured/events",
					"Last-Event-ID: " + first)) {
				server.job("other").queued();
				client.frame();
				assertThat(registry.get("progress.sse.streams").gauge().value()).isEqualTo(1);
				await()
					.untilAsserted(() -> assertThat(registry.get("progress.sse.feeds").gauge().value()).isEqualTo(1));
				RawClient.get(server.port(), "/progress/jobs/measured/events").close();
				RawClient.send(server.port(), "POST", "/progress/jobs/measured/tickets", "X-Test-User: alice").close();
				RawClient.get(server.port(), "/progress/jobs/measured/events?stale=gone", "Last-Event-ID: 1-1").close();
			}
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/other/events")) {
				client.event();
			}
			assertThat(registry.get("progress.sse.tickets").gauge().value()).isEqualTo(1);
			assertThat(registry.get("progress.sse.tickets.refused").functionCounter().count()).isZero();
			assertThat(registry.get("progress.sse.streams.resumes").counter().count()).isEqualTo(1);
			assertThat(registry.get("progress.sse.streams.stale").counter().count()).isEqualTo(1);
			assertThat(registry.get("progress.sse.streams.refused").tag("limit", "job").counter().count()).isEqualTo(1);
			assertThat(registry.get("progress.sse.events.delivered").counter().count()).isEqualTo(1);
			await().untilAsserted(() -> assertThat(server.bean(EventStreams.class).streams()).isZero());
			assertThat(registry.getMeters()).extracting(Meter::getId)
				.filteredOn((id) -> id.getName().startsWith("progress.sse"))
				.noneMatch((id) -> id.toString().contains("measured"));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Registry {

		@Bean
		MeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFormat {

		@Bean
		ProgressEventFormat format() {
			return new ProgressEventFormat() {

				@Override
				public String name() {
					return "own";
				}

				@Override
				public String eventName(ProgressEvent event) {
					return "own.event";
				}

				@Override
				public Object data(ProgressEvent event) {
					return event.state().wireName();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HtmlConfiguration {

		@Bean
		ProgressEventFormat html() {
			return new HtmlFormat();
		}

	}

	@RestController
	static class Books {

		@GetMapping("/own/jobs/{id}")
		String job(@PathVariable String id) {
			return id;
		}

		@GetMapping("/books/best")
		String best() {
			return "best";
		}

		@PostMapping("/books")
		String add() {
			return "added";
		}

		@GetMapping("/a/*/c/**")
		String rest() {
			return "rest";
		}

	}

	/** A controller of all paths. */
	@RestController
	static class Everything {

		@GetMapping("/**")
		String everything() {
			return "everything";
		}

	}

}
