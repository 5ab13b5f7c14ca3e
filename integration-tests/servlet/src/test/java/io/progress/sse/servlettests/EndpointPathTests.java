package io.progress.sse.servlettests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Where the endpoints are, however the application arranges its servlets.
 */
@ExtendWith(OutputCaptureExtension.class)
class EndpointPathTests {

	private static final String ROUTE = "progress.sse.routes.print.path=/print/{jobId}/stream";

	private final HttpClient client = HttpClient.newHttpClient();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			TOMCAT | spring.mvc.servlet.path=/app                                                |      | /app
			JETTY  | spring.mvc.servlet.path=/app                                                |      | /app
			TOMCAT | spring.mvc.servlet.path=/print                                              |      | /print
			TOMCAT | server.servlet.context-path=/shop                                           | /shop | /shop
			""")
	void endpointsAreWhereTheContextIs(Container container, String property, String context, String application)
			throws Exception {
		String prefix = (context != null) ? context : "";
		try (ConfigurableApplicationContext app = container.start(LibraryApplication.class, property, ROUTE)) {
			int port = Container.port(app);
			assertThat(get(port, prefix + "/progress/jobs/nobody").body()).contains("unknown-job");
			assertThat(get(port, prefix + "/print/nobody/stream", "Accept", "application/json").body())
				.contains("unknown-job");
			assertThat(get(port, prefix + "/nobody").statusCode()).isEqualTo(404);
			HttpResponse<String> book = this.client.send(
					request(port, application + "/books?pages=1").POST(HttpRequest.BodyPublishers.noBody()).build(),
					BodyHandlers.ofString());
			assertThat(book.statusCode()).isEqualTo(200);
			String stream = book.headers().firstValue("Link").orElseThrow().replaceAll("<(.*)>.*", "$1");
			assertThat(get(port, stream).body()).contains("event: done");
		}
	}

	@ParameterizedTest
	@EnumSource(Container.class)
	void filtersOfTheApplicationStillApply(Container container) throws Exception {
		try (ConfigurableApplicationContext app = container.start(ArrangedApplication.class, ROUTE)) {
			int port = Container.port(app);
			assertThatAFilterWithoutAnOrderHasItsSay(port);
			assertThatPagesThatSpringMvcLetsInAreServed(port);
			assertThatObservationsNameTheEndpoint(port, app.getBean(MeterRegistry.class));
		}
	}

	private void assertThatAFilterWithoutAnOrderHasItsSay(int port) throws Exception {
		assertThat(get(port, "/progress/jobs/nobody", "X-Teapot", "yes").statusCode()).isEqualTo(418);
		assertThat(get(port, "/print/nobody/stream", "X-Teapot", "yes").statusCode()).isEqualTo(418);
	}

	private void assertThatPagesThatSpringMvcLetsInAreServed(int port) throws Exception {
		HttpResponse<String> friend = get(port, "/progress/jobs/nobody", "Origin", "https://friend.example.com",
				"Sec-Fetch-Site", "cross-site");
		assertThat(friend.statusCode()).isEqualTo(404);
		assertThat(friend.headers().allValues("Access-Control-Allow-Origin"))
			.containsExactly("https://friend.example.com");
		HttpResponse<String> preflight = this.client
			.send(request(port, "/progress/jobs/nobody").method("OPTIONS", HttpRequest.BodyPublishers.noBody())
				.headers("Origin", "https://friend.example.com", "Access-Control-Request-Method", "GET")
				.build(), BodyHandlers.ofString());
		assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods")).isPresent();
		assertThat(get(port, "/progress/jobs/nobody", "Origin", "https://evil.example.com").statusCode())
			.isEqualTo(403);
	}

	private void assertThatObservationsNameTheEndpoint(int port, MeterRegistry registry) throws Exception {
		get(port, "/progress/jobs/nobody");
		get(port, "/print/nobody/stream", "Accept", "application/json");
		await().untilAsserted(() -> assertThat(registry.get("http.server.requests").timers())
			.extracting((timer) -> timer.getId().getTag("uri"))
			.contains("/progress/jobs/{jobId}", "/print/{jobId}/stream"));
	}

	@ParameterizedTest
	@EnumSource(Container.class)
	void aFilterThatForwardsOurRequestsToAPageIsToldOfOnce(Container container, CapturedOutput output)
			throws Exception {
		try (ConfigurableApplicationContext app = container.start(SinglePageApplication.class)) {
			int port = Container.port(app);
			assertThat(get(port, "/somewhere").body()).isEqualTo("page");
			assertThat(output).doesNotContain("A filter forwards requests");
			assertThat(get(port, "/progress/jobs/nobody").body()).isEqualTo("page");
			assertThat(get(port, "/progress/jobs/nobody/events").body()).isEqualTo("page");
			assertThat(output.getAll().split("A filter forwards requests", -1)).hasSize(2);
			assertThat(output).contains("A filter forwards requests for '/progress/jobs/{jobId}' to '/page'");
		}
	}

	private HttpResponse<String> get(int port, String path, String... headers) throws Exception {
		HttpRequest.Builder request = request(port, path);
		return this.client.send(((headers.length > 0) ? request.headers(headers) : request).build(),
				BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(int port, String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(SinglePageApplication.Page.class)
	static class SinglePageApplication {

		@Bean
		Filter fallback() {
			return (request, response, chain) -> {
				String path = ((HttpServletRequest) request).getRequestURI();
				if (path.startsWith("/api") || path.contains(".")) {
					chain.doFilter(request, response);
				}
				else {
					request.getRequestDispatcher("/page").forward(request, response);
				}
			};
		}

		@RestController
		static class Page {

			@GetMapping("/page")
			String page() {
				return "page";
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(LibraryApplication.class)
	static class ArrangedApplication {

		@Bean
		Filter teapot() {
			return (request, response, chain) -> {
				if (((HttpServletRequest) request).getHeader("X-Teapot") != null) {
					((HttpServletResponse) response).setStatus(418);
				}
				else {
					chain.doFilter(request, response);
				}
			};
		}

		@Bean
		MeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		WebMvcConfigurer mappings() {
			return new WebMvcConfigurer() {
				@Override
				public void addCorsMappings(CorsRegistry registry) {
					registry.addMapping("/**").allowedOrigins("https://friend.example.com");
				}
			};
		}

	}

}
