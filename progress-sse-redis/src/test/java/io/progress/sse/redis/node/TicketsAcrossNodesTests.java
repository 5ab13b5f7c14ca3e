package io.progress.sse.redis.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.redis.TestRedis;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.ticket.StreamTickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two nodes behind no particular balancer: a ticket that one of them has given out is
 * shown to whichever comes first.
 */
@Timeout(120)
@Tag("long")
class TicketsAcrossNodesTests {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static TestRedis redis;

	private static ConfigurableApplicationContext here;

	private static ConfigurableApplicationContext there;

	private final String id = UUID.randomUUID().toString();

	private ProgressJob job;

	@BeforeAll
	static void start() {
		redis = new TestRedis();
		here = node(redis);
		there = node(redis);
	}

	@AfterAll
	static void stop() {
		there.close();
		here.close();
		redis.close();
	}

	@BeforeEach
	void open() {
		this.job = here.getBean(ProgressTracker.class)
			.open(JobSpec.named("work").withId(JobId.of(this.id)).withOwner("alice"));
		await().until(() -> send(there, "GET", "/progress/jobs/" + this.id, "alice") == 200);
	}

	@AfterEach
	void end() {
		this.job.done();
	}

	@Test
	void aTicketOfOneNodeOpensAStreamOfTheOtherOnce() {
		String url = ticketUrl();
		assertThat(send(there, "GET", url, null)).isEqualTo(200);
		assertThat(send(there, "GET", url, null)).isEqualTo(401);
		assertThat(send(here, "GET", url, null)).isEqualTo(401);
	}

	@Test
	void oneOfFiftyWhoShowATicketToBothNodesGetsIn() {
		String url = ticketUrl();
		List<CompletableFuture<HttpResponse<InputStream>>> answers = IntStream.range(0, 50)
			.mapToObj((i) -> CLIENT.sendAsync(request(((i % 2) == 0) ? here : there, "GET", url, null),
					BodyHandlers.ofInputStream()))
			.toList();
		assertThat(answers.stream().map(CompletableFuture::join).map(TicketsAcrossNodesTests::status))
			.containsOnly(200, 401)
			.containsOnlyOnce(200);
	}

	@Test
	void aTicketIsNotSpentOnAnotherJob() {
		String url = ticketUrl();
		assertThat(send(there, "GET", url.replace(this.id, UUID.randomUUID().toString()), null)).isEqualTo(401);
		assertThat(send(there, "GET", url, null)).isEqualTo(200);
	}

	@Test
	void logOutAtOneNodeTakesBackItsTicketsAtTheOther() {
		String url = ticketUrl();
		String ticket = url.substring(url.indexOf("ticket=") + "ticket=".length());
		StreamTickets tickets = there.getBean(StreamTickets.class);
		assertThat(tickets.peek(ticket, JobId.of(this.id)).blockOptional()).isPresent();
		here.getBean(JobAccess.class).closeAll("alice");
		await().until(() -> tickets.peek(ticket, JobId.of(this.id)).blockOptional().isEmpty());
		assertThat(send(there, "GET", url, null)).isEqualTo(401);
		assertThat(send(there, "GET", ticketUrl(), null)).isEqualTo(200);
	}

	@Test
	void aForeignJobGetsNoTicketOnAnyNode() {
		for (ConfigurableApplicationContext node : List.of(here, there)) {
			assertThat(send(node, "POST", "/progress/jobs/" + this.id + "/tickets", "mallory")).isEqualTo(404);
		}
	}

	@Test
	void whileRedisHangsNoTicketIsCalledInvalid() {
		String url = ticketUrl();
		redis.hang();
		try {
			assertThat(send(there, "GET", url, null)).isEqualTo(503);
			assertThat(send(here, "POST", "/progress/jobs/" + this.id + "/tickets", "alice")).isEqualTo(503);
		}
		finally {
			redis.resume();
		}
		await().atMost(Duration.ofSeconds(30))
			.until(() -> send(here, "POST", "/progress/jobs/" + this.id + "/tickets", "alice") == 201);
		await().atMost(Duration.ofSeconds(30))
			.until(() -> send(there, "GET", "/progress/jobs/" + this.id, "alice") == 200);
	}

	private String ticketUrl() {
		try {
			HttpResponse<String> response = CLIENT.send(
					request(here, "POST", "/progress/jobs/" + this.id + "/tickets", "alice"), BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(201);
			return response.body().replaceAll(".*\"url\":\"([^\"]+)\".*", "$1");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int send(ConfigurableApplicationContext node, String method, String path, String user) {
		try {
			return status(CLIENT.send(request(node, method, path, user), BodyHandlers.ofInputStream()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int status(HttpResponse<InputStream> response) {
		try {
			response.body().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return response.statusCode();
	}

	private static HttpRequest request(ConfigurableApplicationContext node, String method, String path, String user) {
		String port = node.getEnvironment().getProperty("local.server.port");
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.timeout(Duration.ofSeconds(20));
		return ((user != null) ? request.header("X-Test-User", user) : request).build();
	}

	static ConfigurableApplicationContext node(TestRedis redis) {
		return new SpringApplicationBuilder(TwoNodes.class)
			.properties("server.port=0", "spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + redis.port(),
					"progress.sse.await-unknown=0")
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TwoNodes {

		/**
		 * Otherwise the first node to stop takes the event loops of the other with it.
		 */
		@Bean
		ReactorResourceFactory resources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}

		/** Who a caller says to be, nobody doubts. */
		@Bean
		WebFilter principals() {
			return (exchange, chain) -> {
				String name = exchange.getRequest().getHeaders().getFirst("X-Test-User");
				return chain
					.filter((name != null) ? exchange.mutate().principal(Mono.just(() -> name)).build() : exchange);
			};
		}

	}

}
