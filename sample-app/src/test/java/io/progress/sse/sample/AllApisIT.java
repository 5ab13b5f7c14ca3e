package io.progress.sse.sample;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All APIs at once, with many clients of each, some of whom fail.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.task.execution.pool.queue-capacity=1000", "sample.pdf.max-waiting=1000",
				"sample.pdf.max-pages=3", "sample.process.max-waiting=1000", "sample.process.crawl-delay=1ms",
				"sample.process.timeout=60s" })
class AllApisIT {

	private static final int VISITS = 40;

	private static final int AT_ONCE = 20;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final byte[] PICTURE = Pictures.jpeg(200, 150);

	private static final byte[] DAMAGED = Arrays.copyOf(Pictures.transparentPng(100, 100), 50);

	private static final byte[] TEXT = "All happy families are alike.\n".repeat(5000).getBytes(StandardCharsets.UTF_8);

	private static final byte[] PROGRAM = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);

	private WebClient http;

	private List<Api> apis;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.http = WebClient.create("http://localhost:" + port);
		this.apis = List.of(new Api(this::conversion, "percent", named("complete"), named("error")),
				new Api(this::upload, "percent", named("done"), named("error")),
				new Api(this::pdf, "progress", saying("phase", "done"), saying("phase", "failed")),
				new Api(this::process, "progress", saying("status", "completed"), saying("status", "error")));
	}

	@Test
	@Timeout(180)
	void everyClientSeesItsOwnJobInOrderAndToItsEnd() {
		List<List<Event>> visits = Flux.range(0, VISITS)
			.flatMapSequential(this::visit, AT_ONCE)
			.collectList()
			.blockOptional()
			.orElseThrow();
		assertThat(visits).hasSize(VISITS);
		for (int i = 0; i < VISITS; i++) {
			Api api = api(i);
			List<Event> events = visits.get(i);
			Event last = events.get(events.size() - 1);
			assertThat(last).as("end of visit " + i).matches(fails(i) ? api.failed() : api.succeeded());
			assertThat(events).as("ends of visit " + i)
				.filteredOn(api.succeeded().or(api.failed()))
				.containsExactly(last);
			assertThat(events).as("ids of visit " + i).extracting(Event::number).doesNotHaveDuplicates().isSorted();
			assertThat(events).as("progress of visit " + i)
				.extracting((event) -> event.data().get(api.progress()))
				.filteredOn(Objects::nonNull)
				.extracting((progress) -> ((Number) progress).doubleValue())
				.isSorted();
			assertThat(events).as("jobs of visit " + i)
				.extracting((event) -> event.data().get("jobId"))
				.filteredOn(Objects::nonNull)
				.hasSizeLessThanOrEqualTo(events.size())
				.allMatch((job) -> job.equals(events.get(0).data().get("jobId")));
		}
	}

	private Mono<List<Event>> visit(int visit) {
		List<Event> seen = new CopyOnWriteArrayList<>();
		return api(visit).visit(!fails(visit))
			.doOnNext(seen::add)
			.then(Mono.just(seen))
			.timeout(PATIENCE, Mono.error(() -> new AssertionError("Visit " + visit + " only saw " + seen)));
	}

	private Api api(int visit) {
		return this.apis.get(visit % this.apis.size());
	}

	private boolean fails(int visit) {
		return visit / this.apis.size() % 5 == 4;
	}

	private Flux<Event> conversion(boolean good) {
		MultipartBodyBuilder form = SampleClient.form(good ? PICTURE : DAMAGED, "png");
		return submit("/api/v1/convert", form.build())
			.flatMapMany((answer) -> stream("/api/v1/convert/{id}/stream", answer.get("conversion_id")));
	}

	private Flux<Event> upload(boolean good) {
		return submit("/api/jobs", SampleClient.file("novel.txt", good ? TEXT : PROGRAM).build())
			.flatMapMany((answer) -> stream("/api/jobs/{id}/events", answer.get("jobId")));
	}

	private Flux<Event> pdf(boolean good) {
		String html = "<p style='page-break-after: always'>page".repeat(good ? 2 : 9);
		return submit("/api/pdf/generate-from-html", Map.of("html", html))
			.flatMapMany((answer) -> stream("/api/pdf/jobs/{id}/events", answer.get("job_id")));
	}

	private Flux<Event> process(boolean good) {
		return stream("/api/v1/process/stream?site={page}", good ? "/site/index.html" : "/site/nowhere.html").skip(1);
	}

	private Mono<Map<String, Object>> submit(String uri, Object body) {
		return this.http.post().uri(uri).bodyValue(body).retrieve().bodyToMono(new ParameterizedTypeReference<>() {
		});
	}

	private Flux<Event> stream(String uri, Object... variables) {
		return this.http.get()
			.uri(uri, variables)
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>>() {
			})
			.filter((event) -> event.data() != null)
			.map((event) -> new Event(event.id(), event.event(), event.data()));
	}

	private static Predicate<Event> named(String name) {
		return (event) -> name.equals(event.name());
	}

	private static Predicate<Event> saying(String member, String value) {
		return (event) -> value.equals(event.data().get(member));
	}

	/**
	 * How to use an API.
	 *
	 * @param client submits something that goes well or does not, and watches it
	 * @param progress the member that says how far it is
	 * @param succeeded whether an event is a good end
	 * @param failed whether an event is a bad end
	 */
	private record Api(Client client, String progress, Predicate<Event> succeeded, Predicate<Event> failed) {

		Flux<Event> visit(boolean good) {
			return this.client.visit(good);
		}

	}

	private record Event(String id, @Nullable String name, Map<String, Object> data) {

		long number() {
			return Long.parseLong(this.id.substring(this.id.lastIndexOf('-') + 1));
		}

	}

	@FunctionalInterface
	private interface Client {

		Flux<Event> visit(boolean good);

	}

}
