package io.progress.sse.boxtests;

import java.time.Duration;
import java.util.Map;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.TrackProgress;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * The application behind a box. It can be stopped and started again on the same port; its
 * jobs are in a store that survives that.
 */
final class Upstream implements AutoCloseable {

	private final InMemoryProgressEventStore store;

	private ConfigurableApplicationContext context;

	private final int port;

	Upstream(InMemoryProgressEventStore store) {
		this.store = store;
		this.context = start(0);
		this.port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private ConfigurableApplicationContext start(int port) {
		ApplicationContextInitializer<GenericApplicationContext> shared = (context) -> context
			.registerBean(InMemoryProgressEventStore.class, () -> this.store);
		return new SpringApplicationBuilder(ReportsApplication.class).web(WebApplicationType.REACTIVE)
			.initializers(shared)
			.properties(Map.of("server.address", "127.0.0.1", "server.port", port, Exclusions.PROPERTY,
					Exclusions.gateways()))
			.run();
	}

	int port() {
		return this.port;
	}

	void stop() {
		this.context.close();
	}

	void startAgain() {
		this.context = start(this.port);
	}

	@Override
	public void close() {
		stop();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@RestController
	static class ReportsApplication {

		/**
		 * Its own, so that its end does not end the connections of a gateway in this JVM.
		 */
		@Bean
		ReactorResourceFactory resources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}

		@PostMapping("/reports")
		@TrackProgress("report")
		public String render() {
			return "rendered";
		}

	}

}
