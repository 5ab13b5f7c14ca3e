package io.progress.sse.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.server.WebFilter;

import io.progress.sse.store.InMemoryProgressEventStore;

/**
 * An application with nothing but progress-sse, on Netty.
 */
final class TestServer implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private TestServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static TestServer start(String... properties) {
		return start(new Class<?>[0], properties);
	}

	static TestServer start(Class<?>[] sources, String... properties) {
		Map<String, Object> defaults = new LinkedHashMap<>();
		defaults.put("server.port", "0");
		for (String property : properties) {
			int equals = property.indexOf('=');
			defaults.put(property.substring(0, equals), property.substring(equals + 1));
		}
		return new TestServer(new SpringApplicationBuilder(Application.class).sources(sources)
			.web(WebApplicationType.REACTIVE)
			.properties(defaults)
			.run());
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", int.class);
	}

	TestJob job(String id) {
		return new TestJob(this.context.getBean(InMemoryProgressEventStore.class), id, null);
	}

	TestJob job(String id, String owner) {
		return new TestJob(this.context.getBean(InMemoryProgressEventStore.class), id, owner);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		/** Otherwise the first of two servers to stop takes the event loops with it. */
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
