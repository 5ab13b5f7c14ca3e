package io.progress.sse.servlettests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Controllers that return jobs, in an application that wraps all answers and has a
 * handler for all exceptions.
 */
class JobAnswerTests {

	private static final HttpClient client = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = Container.TOMCAT.start(WrappingApplication.class);
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "handle", "entity", "any-entity", "future", "future-entity", "callable", "deferred",
			"task", "mono", "mono-entity" })
	void aJobIsAcceptedHoweverItIsReturned(String path) throws Exception {
		String job = UUID.randomUUID().toString();
		HttpResponse<String> response = post(path, job);
		assertThat(response.statusCode()).isEqualTo(202);
		assertThat(response.headers().allValues("Location")).containsExactly("/progress/jobs/" + job);
		assertThat(response.headers().allValues("X-Job-Id")).containsExactly(job);
		assertThat(response.body()).isEqualTo("{\"data\":{\"jobId\":\"" + job + "\",\"events\":\"/progress/jobs/" + job
				+ "/events\",\"status\":\"/progress/jobs/" + job + "\"}}");
	}

	@Test
	void aLocationOfTheControllersOwnStays() throws Exception {
		HttpResponse<String> response = post("created", UUID.randomUUID().toString());
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.headers().allValues("Location")).containsExactly("/reports/1");
	}

	@Test
	void aTakenIdIsAConflictBeforeAHandlerForAllExceptions() throws Exception {
		String job = UUID.randomUUID().toString();
		assertThat(post("handle", job).statusCode()).isEqualTo(202);
		HttpResponse<String> response = post("handle", job);
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("duplicate-job");
		assertThat(post("handle", "too short").statusCode()).isEqualTo(400);
		assertThat(post("broken", UUID.randomUUID().toString()).statusCode()).isEqualTo(500);
	}

	@Test
	void aHandlerThatNamesTakenIdsIsAsked() throws Exception {
		String job = UUID.randomUUID().toString();
		assertThat(post("named", job).statusCode()).isEqualTo(202);
		HttpResponse<String> response = post("named", job);
		assertThat(response.statusCode()).isEqualTo(418);
	}

	private static HttpResponse<String> post(String path, String job) throws Exception {
		return client
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + Container.port(context) + "/" + path))
				.header("X-Job-Id", job)
				.POST(HttpRequest.BodyPublishers.noBody())
				.build(), BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Jobs.class, NamedJobs.class, Envelope.class })
	static class WrappingApplication {

	}

	/** Wraps what controllers return, and turns what they throw into errors. */
	@RestControllerAdvice
	public static class Envelope implements ResponseBodyAdvice<Object> {

		@Override
		public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
			return true;
		}

		@Override
		public Object beforeBodyWrite(Object body, MethodParameter returnType, MediaType contentType,
				Class<? extends HttpMessageConverter<?>> converterType, ServerHttpRequest request,
				ServerHttpResponse response) {
			return (body instanceof String) ? body : Map.of("data", body);
		}

		@ExceptionHandler(Exception.class)
		ResponseEntity<String> unforeseen() {
			return ResponseEntity.internalServerError().body("unforeseen");
		}

	}

	/** The controller. */
	@RestController
	static class Jobs {

		private final ProgressTracker tracker;

		Jobs(ProgressTracker tracker) {
			this.tracker = tracker;
		}

		@PostMapping("/handle")
		JobHandle handle() {
			return this.tracker.start(JobSpec.named("report"), (progress) -> null);
		}

		@PostMapping("/entity")
		ResponseEntity<JobHandle> entity() {
			return ResponseEntity.ok(handle());
		}

		@PostMapping("/any-entity")
		ResponseEntity<?> anyEntity() {
			return ResponseEntity.ok(handle());
		}

		@PostMapping("/created")
		ResponseEntity<JobHandle> created() {
			return ResponseEntity.created(URI.create("/reports/1")).body(handle());
		}

		@PostMapping("/future")
		CompletableFuture<JobHandle> future() {
			return CompletableFuture.completedFuture(handle());
		}

		@PostMapping("/future-entity")
		CompletableFuture<ResponseEntity<JobHandle>> futureEntity() {
			return CompletableFuture.completedFuture(entity());
		}

		@PostMapping("/callable")
		Callable<JobHandle> callable() {
			return this::handle;
		}

		@PostMapping("/deferred")
		DeferredResult<JobHandle> deferred() {
			DeferredResult<JobHandle> result = new DeferredResult<>();
			result.setResult(handle());
			return result;
		}

		@PostMapping("/task")
		WebAsyncTask<JobHandle> task() {
			return new WebAsyncTask<>(this::handle);
		}

		@PostMapping("/mono")
		Mono<JobHandle> mono() {
			return Mono.fromSupplier(this::handle);
		}

		@PostMapping("/mono-entity")
		Mono<ResponseEntity<JobHandle>> monoEntity() {
			return Mono.fromSupplier(this::entity);
		}

		@PostMapping("/broken")
		String broken() {
			throw new IllegalStateException();
		}

	}

	/** A controller with a handler of its own. */
	@RestController
	static class NamedJobs {

		private final ProgressTracker tracker;

		NamedJobs(ProgressTracker tracker) {
			this.tracker = tracker;
		}

		@PostMapping("/named")
		JobHandle handle() {
			return this.tracker.start(JobSpec.named("report"), (progress) -> null);
		}

		@ExceptionHandler(DuplicateJobException.class)
		ResponseEntity<String> taken() {
			return ResponseEntity.status(418).body("taken");
		}

	}

}
