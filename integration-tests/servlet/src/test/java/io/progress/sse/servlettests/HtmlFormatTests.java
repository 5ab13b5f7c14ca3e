package io.progress.sse.servlettests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.progress.sse.stream.format.ProgressEventFormat;
import io.progress.sse.web.HtmlFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application's own format, of HTML fragments, on Tomcat.
 */
class HtmlFormatTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@Test
	void aFragmentArrivesLineByLine() throws Exception {
		try (ConfigurableApplicationContext context = Container.TOMCAT.start(HtmlApplication.class,
				"progress.sse.routes.html.path=/html/{jobId}", "progress.sse.routes.html.status-path=/html/{jobId}/now",
				"progress.sse.routes.html.format=html")) {
			String url = "http://localhost:" + Container.port(context);
			String job = UUID.randomUUID().toString();
			send(HttpRequest.newBuilder(URI.create(url + "/books?pages=1"))
				.header("X-Job-Id", job)
				.POST(HttpRequest.BodyPublishers.noBody()));
			assertThat(send(HttpRequest.newBuilder(URI.create(url + "/html/" + job))))
				.contains("event: message\ndata: <li>\ndata: done\ndata: </li>\nid: ");
			assertThat(send(HttpRequest.newBuilder(URI.create(url + "/html/" + job + "/now"))))
				.isEqualTo("{\"state\":\"done\"}");
		}
	}

	private String send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString()).body();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(LibraryApplication.class)
	static class HtmlApplication {

		@Bean
		ProgressEventFormat html() {
			return new HtmlFormat();
		}

	}

}
