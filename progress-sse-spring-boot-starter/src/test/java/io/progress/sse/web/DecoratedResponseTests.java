package io.progress.sse.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Behind filters that decorate the response.
 */
class DecoratedResponseTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(new Class<?>[] { Filters.class });
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void aQuietStreamBeginsAtOnce() {
		server.job("quiet").queued();
		try (RawClient client = RawClient.get(server.port(), "/progress/jobs/quiet/events?lastEventId=now",
				"Accept: text/event-stream")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.frame()).contains(": progress-sse");
		}
	}

	@Test
	void eachEventComesWhenItHappens() {
		TestJob job = server.job("lively");
		job.queued();
		try (RawClient client = RawClient.get(server.port(), "/progress/jobs/lively/events",
				"Accept: text/event-stream")) {
			assertThat(client.event().get("data")).contains("\"queued\"");
			job.phase("reading");
			assertThat(client.event().get("data")).contains("\"reading\"");
			job.done(List.of());
			assertThat(client.event()).containsEntry("event", "done");
			assertThat(client.frame()).isNull();
			assertThat(client.header("x-flushed")).isEqualTo("yes");
		}
	}

	@Test
	void plainAnswersAreWrittenWhole() {
		server.job("plain").queued();
		for (String path : List.of("/progress/jobs/plain", "/progress/client.js", "/progress/jobs/nobody")) {
			try (RawClient client = RawClient.get(server.port(), path)) {
				assertThat(client.header("x-flushed")).isNull();
				assertThat(client.header("x-body")).isEqualTo(String.valueOf(client.body().length()));
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Filters {

		/** Logs ordinary bodies when they are whole, as many applications do. */
		@Bean
		WebFilter bodyLog() {
			return (exchange, chain) -> chain
				.filter(exchange.mutate().response(new BodyLog(exchange.getResponse())).build());
		}

	}

	private static final class BodyLog extends ServerHttpResponseDecorator {

		BodyLog(ServerHttpResponse delegate) {
			super(delegate);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return DataBufferUtils.join(body).flatMap((whole) -> {
				String text = whole.toString(StandardCharsets.UTF_8);
				getHeaders().set("X-Body", String.valueOf(text.length()));
				return super.writeWith(Mono.just(whole));
			});
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			getHeaders().set("X-Flushed", "yes");
			return super.writeAndFlushWith(body);
		}

	}

}
