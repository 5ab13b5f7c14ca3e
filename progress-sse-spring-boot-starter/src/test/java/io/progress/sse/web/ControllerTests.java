package io.progress.sse.web;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.TrackProgress;

/**
 * Controller methods that start jobs.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "spring.webflux.base-path=/app")
class ControllerTests {

	private static final String ID = "chosen-by-the-client";

	@LocalServerPort
	private int port;

	private WebTestClient client;

	@BeforeEach
	void connect() {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port + "/app")
			.responseTimeout(Duration.ofSeconds(10))
			.build();
	}

	@Test
	void answerAHandleWithWhereToWatchIt() {
		accepted("/handle");
	}

	@Test
	void answerAHandleThatComesLater() {
		accepted("/later");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/handle-entity", "/later-entity", "/any-entity", "/future", "/future-entity", "/function" })
	void answerAHandleInsideOfOtherThings(String path) {
		accepted(path);
	}

	@Test
	void keepAStatusAndALocationOfTheirOwn() {
		this.client.post()
			.uri("/created")
			.exchange()
			.expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals("Location", "/reports/1")
			.expectBody()
			.jsonPath("$.jobId")
			.exists();
	}

	@Test
	void answerATakenIdBeforeAHandlerForAllExceptionsDoes() {
		String id = ID + "-taken";
		for (int status : new int[] { 202, 409 }) {
			this.client.post()
				.uri("/handle")
				.headers((headers) -> headers.set("X-Job-Id", id))
				.exchange()
				.expectStatus()
				.isEqualTo(status);
		}
		this.client.get()
			.uri("/broken")
			.exchange()
			.expectStatus()
			.isEqualTo(500)
			.expectBody(String.class)
			.isEqualTo("unforeseen");
	}

	@Test
	void leaveEntitiesAsTheyAre() {
		this.client.post()
			.uri("/entity")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.CONFLICT)
			.expectBody(String.class)
			.isEqualTo("no report");
	}

	@Test
	void mayBeTrackedThemselves() {
		this.client.get()
			.uri("/tracked")
			.headers((headers) -> headers.set("X-Job-Id", ID + "-2"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("X-Job-Id", ID + "-2")
			.expectBody(String.class)
			.isEqualTo(ID + "-2");
	}

	@Test
	void tellViewersWhatTheyTellTheirClients() {
		this.client.get()
			.uri("/missing")
			.headers((headers) -> headers.set("X-Job-Id", ID + "-3"))
			.exchange()
			.expectStatus()
			.isNotFound();
		this.client.get()
			.uri("/progress/jobs/{id}", ID + "-3")
			.exchange()
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("not-found")
			.jsonPath("$.error.message")
			.isEqualTo("No such report");
	}

	private void accepted(String path) {
		String id = ID + path.replace('/', '-');
		this.client.post()
			.uri(path)
			.headers((headers) -> headers.set("X-Job-Id", id))
			.exchange()
			.expectStatus()
			.isAccepted()
			.expectHeader()
			.valueEquals("Location", "/app/progress/jobs/" + id)
			.expectHeader()
			.valueEquals("X-Job-Id", id)
			.expectHeader()
			.valueEquals("Link", "</app/progress/jobs/" + id + "/events>; rel=\"monitor\"")
			.expectBody()
			.json("""
					{"jobId": "%1$s", "events": "/app/progress/jobs/%1$s/events", "status": "/app/progress/jobs/%1$s"}
					""".formatted(id));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import({ Controller.class, CatchAll.class })
	static class Application {

		@Bean
		RouterFunction<ServerResponse> function(ProgressTracker tracker) {
			return RouterFunctions.route()
				.POST("/function",
						(request) -> ServerResponse.ok()
							.bodyValue(tracker.start(JobSpec.named("report"), (progress) -> null)))
				.build();
		}

	}

	@RestControllerAdvice
	static class CatchAll {

		@ExceptionHandler(IllegalStateException.class)
		ResponseEntity<String> illegalState() {
			return unforeseen();
		}

		@ExceptionHandler(RuntimeException.class)
		ResponseEntity<String> unforeseen(RuntimeException ex) {
			if (ex instanceof ResponseStatusException) {
				throw ex;
			}
			return unforeseen();
		}

		private ResponseEntity<String> unforeseen() {
			return ResponseEntity.internalServerError().body("unforeseen");
		}

	}

	@RestController
	static class Controller {

		@Autowired
		private ProgressTracker tracker;

		@PostMapping("/handle")
		JobHandle handle() {
			return this.tracker.start(JobSpec.named("report"), (progress) -> null);
		}

		@PostMapping("/later")
		Mono<JobHandle> later() {
			return Mono.fromSupplier(this::handle);
		}

		@PostMapping("/handle-entity")
		ResponseEntity<JobHandle> handleEntity() {
			return ResponseEntity.ok(handle());
		}

		@PostMapping("/any-entity")
		ResponseEntity<?> anyEntity() {
			return ResponseEntity.accepted().body(handle());
		}

		@PostMapping("/created")
		ResponseEntity<JobHandle> created() {
			return ResponseEntity.created(URI.create("/reports/1")).body(handle());
		}

		@PostMapping("/later-entity")
		Mono<ResponseEntity<JobHandle>> laterEntity() {
			return Mono.fromSupplier(this::handleEntity);
		}

		@PostMapping("/future")
		CompletableFuture<JobHandle> future() {
			return CompletableFuture.completedFuture(handle());
		}

		@PostMapping("/future-entity")
		CompletableFuture<ResponseEntity<JobHandle>> futureEntity() {
			return CompletableFuture.completedFuture(handleEntity());
		}

		@GetMapping("/broken")
		String broken() {
			throw new IllegalStateException();
		}

		@PostMapping("/entity")
		ResponseEntity<String> entity() {
			return ResponseEntity.status(HttpStatus.CONFLICT).body("no report");
		}

		@GetMapping("/tracked")
		@TrackProgress
		Mono<String> tracked(ProgressReporter progress) {
			return Mono.fromSupplier(() -> progress.jobId().orElseThrow().value());
		}

		@GetMapping("/missing")
		@TrackProgress
		Mono<String> missing() {
			return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND, "No such report"));
		}

	}

}
