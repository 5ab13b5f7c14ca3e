package io.progress.sse.web;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.web.controller.StreamingJobs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One request that starts a job and streams it, and those that come back.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StreamingJobsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@Autowired
	private Controller controller;

	private WebClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.client = WebClient.create("http://localhost:" + port);
		this.controller.started.set(0);
		this.controller.release = new CountDownLatch(1);
	}

	@Test
	void aRequestStartsAJobAndStreamsIt() {
		this.controller.release.countDown();
		List<ServerSentEvent<String>> events = toTheEnd(null);
		assertThat(this.controller.started).hasValue(1);
		assertThat(events.get(0).event()).isEqualTo("started");
		assertThat(events.get(0).id()).isEqualTo(jobOf(events.get(1)) + "~0");
		assertThat(events.get(0).data()).contains(jobOf(events.get(1)));
		assertThat(events.get(1).data()).contains("queued");
		assertThat(events.get(events.size() - 1).data()).contains("\"status\":\"completed\"");
		assertThat(events).extracting(ServerSentEvent::id)
			.allMatch((id) -> id.matches("[0-9a-f-]{36}~(0|[0-9]+-[0-9]+)"))
			.doesNotHaveDuplicates();
	}

	@Test
	void aReconnectingClientContinuesWithTheSameJob() {
		ServerSentEvent<String> seen = Objects.requireNonNull(stream(null, null).blockFirst(TIMEOUT));
		ServerSentEvent<String> next = Objects.requireNonNull(stream(seen.id(), null).blockFirst(TIMEOUT));
		assertThat(next.id()).startsWith(jobOf(seen)).isNotEqualTo(seen.id());
		this.controller.release.countDown();
		assertThat(toTheEnd(next.id())).extracting(StreamingJobsTests::jobOf).containsOnly(jobOf(seen));
		assertThat(this.controller.started).hasValue(1);
	}

	@Test
	void theParameterStandsForTheHeader() {
		this.controller.release.countDown();
		List<ServerSentEvent<String>> events = toTheEnd(null);
		List<ServerSentEvent<String>> rest = this.client.get()
			.uri("/process?lastEventId={id}", events.get(0).id())
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.filter((event) -> event.data() != null)
			.collectList()
			.block(TIMEOUT);
		assertThat(rest).extracting(ServerSentEvent::id)
			.isEqualTo(events.stream().skip(1).map(ServerSentEvent::id).toList());
	}

	@Test
	void aClientThatHasSeenTheEndGets204() {
		this.controller.release.countDown();
		List<ServerSentEvent<String>> events = toTheEnd(null);
		assertThat(status(events.get(events.size() - 1).id(), null).value()).isEqualTo(204);
		assertThat(this.controller.started).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "nonsense", "1748649600456-1", "~1748649600456-1", "no-such-job~1748649600456-1", "a b~c" })
	void anIdThatLeadsNowhereIsGoneAndStartsNothing(String id) {
		assertThat(status(id, null).value()).isEqualTo(410);
		assertThat(this.controller.started).hasValue(0);
	}

	@Test
	void anEventThatIsNotOfTheJobLeadsToTheJobFromItsBeginning() {
		this.controller.release.countDown();
		List<ServerSentEvent<String>> events = toTheEnd(null);
		List<ServerSentEvent<String>> again = toTheEnd(jobOf(events.get(0)) + "~1748649600456-1");
		assertThat(again.get(0).event()).isEqualTo("reset");
		assertThat(again.subList(1, again.size())).extracting(ServerSentEvent::id)
			.isEqualTo(events.stream().skip(1).map(ServerSentEvent::id).toList());
		assertThat(this.controller.started).hasValue(1);
	}

	@Test
	void aForeignJobLooksLikeNone() {
		this.controller.release.countDown();
		List<ServerSentEvent<String>> events = stream(null, "alice").collectList().block(TIMEOUT);
		String first = events.get(1).id();
		assertThat(status(first, "alice").value()).isEqualTo(200);
		assertThat(status(first, "bob").value()).isEqualTo(410);
		assertThat(status(first, null).value()).isEqualTo(410);
		assertThat(this.controller.started).hasValue(1);
	}

	@Test
	void askingForTheHeadersStartsNothing() {
		assertThat(
				this.client.head().uri("/process").retrieve().toBodilessEntity().block(TIMEOUT).getStatusCode().value())
			.isEqualTo(200);
		assertThat(this.controller.started).hasValue(0);
	}

	private List<ServerSentEvent<String>> toTheEnd(@Nullable String lastEventId) {
		return stream(lastEventId, null).collectList().blockOptional(TIMEOUT).orElseThrow();
	}

	private Flux<ServerSentEvent<String>> stream(@Nullable String lastEventId, @Nullable String user) {
		return request(lastEventId, user).retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.filter((event) -> event.data() != null);
	}

	private HttpStatusCode status(String lastEventId, @Nullable String user) {
		return request(lastEventId, user)
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode()))
			.blockOptional(TIMEOUT)
			.orElseThrow();
	}

	private WebClient.RequestHeadersSpec<?> request(@Nullable String lastEventId, @Nullable String user) {
		return this.client.get().uri("/process").headers((headers) -> {
			if (lastEventId != null) {
				headers.set("Last-Event-ID", lastEventId);
			}
			if (user != null) {
				headers.set("X-User", user);
			}
		});
	}

	private static String jobOf(ServerSentEvent<String> event) {
		String id = Objects.requireNonNull(event.id());
		return id.substring(0, id.indexOf('~'));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Controller.class)
	static class Application {

		@Bean
		WebFilter users() {
			return (exchange, chain) -> {
				String user = exchange.getRequest().getHeaders().getFirst("X-User");
				return chain
					.filter((user == null) ? exchange : exchange.mutate().principal(Mono.just(() -> user)).build());
			};
		}

	}

	@RestController
	static class Controller {

		final AtomicInteger started = new AtomicInteger();

		@Autowired
		private ProgressTracker tracker;

		@Autowired
		private StreamingJobs jobs;

		volatile CountDownLatch release = new CountDownLatch(1);

		@GetMapping(path = "/process", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Mono<Void> process(ServerWebExchange exchange) {
			return this.jobs.startOrResume(exchange, this::start, "status");
		}

		private JobHandle start() {
			this.started.incrementAndGet();
			CountDownLatch release = this.release;
			return this.tracker.start(JobSpec.named("process"), (progress) -> {
				progress.phase("working");
				release.await();
				return "fine";
			});
		}

	}

}
