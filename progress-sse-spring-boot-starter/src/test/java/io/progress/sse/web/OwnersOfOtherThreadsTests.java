package io.progress.sse.web;

import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs that are started on another thread than the request's, in a reactive application
 * with Spring Security.
 */
@ExtendWith(OutputCaptureExtension.class)
class OwnersOfOtherThreadsTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(new Class<?>[] { Security.class }, "progress.sse.await-unknown=0");
	}

	@AfterAll
	static void stop() {
		server.close();
		Hooks.disableAutomaticContextPropagation();
	}

	@ParameterizedTest
	@ValueSource(strings = { "scheduler", "published" })
	void keepTheOwnerAndTheIdOfTheRequestOnThreadsOfReactor(String kind) {
		String id = "chosen-by-alice-" + kind;
		assertThat(post(kind, "X-Job-Id: " + id)).isEqualTo(id);
		assertThat(status(id, "alice")).isEqualTo(200);
		assertThat(status(id, "bob")).isEqualTo(404);
	}

	@Test
	void haveNoOwnerIfNoUserIsKnown(CapturedOutput log) {
		String job = post("foreign");
		assertThat(status(job, "alice")).isEqualTo(404);
		assertThat(status(job, "bob")).isEqualTo(404);
		post("foreign");
		assertThat(log.getAll()).containsOnlyOnce("Nobody may watch job 'foreign': it has no owner")
			.doesNotContain(job);
	}

	@Test
	void haveNoOwnerOnPurposeWithoutANotice(CapturedOutput log) {
		assertThat(status(post("ownerless"), "alice")).isEqualTo(404);
		assertThat(log.getAll()).doesNotContain("Nobody may watch job 'ownerless'");
	}

	@Test
	void belongToWhomeverTheyAreGiven() {
		String job = post("named");
		assertThat(status(job, "bob")).isEqualTo(200);
		assertThat(status(job, "alice")).isEqualTo(404);
	}

	private static String post(String kind, String... headers) {
		String[] all = new String[headers.length + 1];
		System.arraycopy(headers, 0, all, 0, headers.length);
		all[headers.length] = basic("alice");
		try (RawClient client = RawClient.send(server.port(), "POST", "/start/" + kind, all)) {
			assertThat(client.status()).isEqualTo(200);
			return client.body();
		}
	}

	private static int status(String job, String user) {
		try (RawClient client = RawClient.get(server.port(), "/progress/jobs/" + job, basic(user))) {
			return client.status();
		}
	}

	private static String basic(String user) {
		return "Authorization: Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(UTF_8));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFluxSecurity
	@Import(Starts.class)
	static class Security {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.httpBasic(Customizer.withDefaults())
				.csrf(ServerHttpSecurity.CsrfSpec::disable)
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("alice").password("{noop}alice").roles("USER").build(),
					User.withUsername("bob").password("{noop}bob").roles("USER").build());
		}

	}

	@RestController
	static class Starts {

		private final Executor foreign = (task) -> new Thread(task).start();

		private final ProgressTracker tracker;

		Starts(ProgressTracker tracker) {
			this.tracker = tracker;
		}

		@PostMapping("/start/{kind}")
		Mono<String> start(@PathVariable String kind) {
			return switch (kind) {
				case "scheduler" -> Mono.fromCallable(job(kind, null)::get).subscribeOn(Schedulers.boundedElastic());
				case "published" ->
					Mono.just(kind).publishOn(Schedulers.parallel()).map((name) -> job(name, null).get());
				case "ownerless" -> Mono.fromCallable(
						() -> this.tracker.start(JobSpec.named(kind).withOwner(null), (progress) -> null).id().value());
				case "named" -> Mono.fromFuture(CompletableFuture.supplyAsync(job(kind, "bob"), this.foreign));
				default -> Mono.fromFuture(CompletableFuture.supplyAsync(job(kind, null), this.foreign));
			};
		}

		private Supplier<String> job(String name, @Nullable String owner) {
			return () -> {
				JobSpec spec = JobSpec.named(name);
				return this.tracker.start((owner != null) ? spec.withOwner(owner) : spec, (progress) -> null)
					.id()
					.value();
			};
		}

	}

}
