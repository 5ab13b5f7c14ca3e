package io.progress.sse.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The actuator's endpoint over HTTP, asked by an operator and by a user.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProgressEndpointWebTests {

	private static ConfigurableApplicationContext application;

	private static final HttpClient client = HttpClient.newHttpClient();

	@BeforeAll
	static void start() {
		application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "server.shutdown=immediate",
					"management.endpoints.web.exposure.include=progress",
					"management.endpoint.progress.show-values=when-authorized",
					"management.endpoint.progress.roles=OPERATOR", "management.endpoint.progress.access=unrestricted")
			.run();
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void showsValuesToThoseWhoHaveTheRole() throws Exception {
		try (ProgressJob job = open("job-of-alice-0001")) {
			job.reporter().message("confidential");
			assertThat(send("GET", "", "operator").body()).contains("\"jobId\":\"job-of-alice-0001\"",
					"\"owner\":\"alice\"", "\"reachable\":true");
			await().untilAsserted(() -> assertThat(send("GET", "/job-of-alice-0001", "operator").body())
				.contains("\"message\":\"confidential\"", "\"here\":true"));
			assertThat(send("GET", "", "user").body()).contains("\"job\":\"export\"")
				.doesNotContain("alice", "confidential");
			assertThat(send("GET", "/job-of-alice-0001", "user").body()).contains("\"job\":\"export\"")
				.doesNotContain("alice", "confidential");
		}
	}

	@Test
	void listsAsManyAsAreAskedFor() throws Exception {
		ProgressJob one = open("job-of-alice-0002");
		ProgressJob two = open("job-of-alice-0003");
		assertThat(send("GET", "?limit=1", "operator").body()).containsOnlyOnce("\"jobId\"").contains("\"running\":2");
		one.done();
		two.done();
		assertThat(send("GET", "?limit=many", "operator").statusCode()).isEqualTo(400);
	}

	@Test
	void saysThatThereIsNoSuchJob() throws Exception {
		assertThat(send("GET", "/no-such-job", "operator").statusCode()).isEqualTo(404);
		assertThat(send("GET", "/not.an.id", "operator").statusCode()).isEqualTo(404);
		assertThat(send("DELETE", "/no-such-job", "operator").statusCode()).isEqualTo(404);
	}

	@Test
	void asksAJobToStop() throws Exception {
		try (ProgressJob job = open("job-of-alice-0004")) {
			assertThat(send("DELETE", "/job-of-alice-0004", "operator").statusCode()).isEqualTo(202);
			assertThat(job.reporter().isCancelled()).isTrue();
			job.cancelled();
			assertThat(send("DELETE", "/job-of-alice-0004", "operator").statusCode()).isEqualTo(409);
		}
	}

	@Test
	void onlyReadsUnlessItsAccessIsUnrestricted() throws Exception {
		try (ConfigurableApplicationContext readOnly = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "server.shutdown=immediate",
					"management.endpoints.web.exposure.include=progress")
			.run(); ProgressJob job = open(readOnly, "job-of-alice-0005")) {
			assertThat(send(readOnly, "GET", "/job-of-alice-0005", "operator").statusCode()).isEqualTo(200);
			assertThat(send(readOnly, "DELETE", "/job-of-alice-0005", "operator").statusCode()).isEqualTo(405);
			assertThat(job.reporter().isCancelled()).isFalse();
		}
	}

	private static ProgressJob open(String id) {
		return open(application, id);
	}

	private static ProgressJob open(ConfigurableApplicationContext where, String id) {
		return where.getBean(ProgressTracker.class)
			.open(JobSpec.named("export").withId(JobId.of(id)).withOwner("alice"));
	}

	private static HttpResponse<String> send(String method, String path, String user) throws Exception {
		return send(application, method, path, user);
	}

	private static HttpResponse<String> send(ConfigurableApplicationContext where, String method, String path,
			String user) throws Exception {
		String port = where.getEnvironment().getProperty("local.server.port");
		String credentials = Base64.getEncoder().encodeToString((user + ":pw").getBytes(StandardCharsets.UTF_8));
		return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/progress" + path))
			.header("Authorization", "Basic " + credentials)
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build(), BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebFluxSecurity
	static class Application {

		/** Otherwise the first of two servers to stop takes the event loops with it. */
		@Bean
		ReactorResourceFactory resources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.csrf(ServerHttpSecurity.CsrfSpec::disable)
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("operator").password("{noop}pw").roles("OPERATOR").build(),
					User.withUsername("user").password("{noop}pw").build());
		}

	}

}
