package io.progress.sse.web.servlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.TestSettings;
import io.progress.sse.servlettests.Container;
import io.progress.sse.servlettests.TickReader;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Tests for {@link StreamServlet}.
 */
class StreamServletTests {

	@ParameterizedTest
	@EnumSource(Container.class)
	@Timeout(120)
	void clientThatLeavesDoesNotEndTheStreamsOfOthers(Container container) throws IOException {
		try (ConfigurableApplicationContext context = container.start(TickingApplication.class)) {
			int port = Container.port(context);
			for (int round = 0; round < 60; round++) {
				TickReader leaver = TickReader.get(port, "/ticks/5");
				leaver.skipTicks(3);
				leaver.reset();
				assertLive(port);
			}
		}
	}

	private static void assertLive(int port) throws IOException {
		List<TickReader> others = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			others.add(TickReader.get(port, "/ticks/20"));
		}
		for (TickReader other : others) {
			assertThatCode(() -> other.skipTicks(4)).doesNotThrowAnyException();
			other.close();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TickingApplication {

		@Bean
		ServletRegistrationBean<StreamServlet> ticks() {
			RouterFunction<ServerResponse> routes = RouterFunctions.route()
				.GET("/ticks/{period}",
						(request) -> response(ticks(Duration.ofMillis(Long.parseLong(request.pathVariable("period"))))))
				.build();
			ServletRegistrationBean<StreamServlet> registration = new ServletRegistrationBean<>(
					new StreamServlet(routes, TestSettings.endpoints()), "/ticks/*");
			registration.setAsyncSupported(true);
			return registration;
		}

		private static Flux<Long> ticks(Duration period) {
			return Flux.interval(Duration.ZERO, period).onBackpressureDrop();
		}

		private static Mono<ServerResponse> response(Flux<Long> ticks) {
			return ServerResponse.ok()
				.contentType(MediaType.TEXT_EVENT_STREAM)
				.body((out, context) -> out
					.writeAndFlushWith(ticks.map((tick) -> Mono.just(out.bufferFactory().wrap(frame(tick))))));
		}

		private static byte[] frame(long tick) {
			return ("data: " + tick + "\n\n").getBytes(StandardCharsets.UTF_8);
		}

	}

}
