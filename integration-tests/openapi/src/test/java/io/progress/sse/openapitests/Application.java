package io.progress.sse.openapitests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.web.JobRetry;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.access.CallerResolver;

/**
 * An application with springdoc. Its callers say who they are by the header X-User.
 */
final class Application implements AutoCloseable {

	/**
	 * How many streams a caller may have: more than one, as one that has just ended may
	 * still count.
	 */
	static final int STREAMS = 3;

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newHttpClient();

	Application(WebApplicationType type, Class<?> configuration, String... properties) {
		Map<String, Object> settings = new HashMap<>(
				Map.of("server.port", 0, "progress.sse.retry", "1s", "progress.sse.limits.per-principal", STREAMS));
		for (String property : properties) {
			settings.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
		}
		this.context = new SpringApplicationBuilder(configuration).web(type).properties(settings).run();
	}

	ProgressTracker tracker() {
		return this.context.getBean(ProgressTracker.class);
	}

	HttpClient client() {
		return this.client;
	}

	HttpRequest.Builder request(String path) {
		int port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(Duration.ofSeconds(20));
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@RestController
	static class Plain {

		@GetMapping("/books")
		public String books() {
			return "[]";
		}

	}

	static class Full extends Plain {

		@PostMapping("/reports")
		public JobHandle report(ProgressTracker tracker) {
			return tracker.start(JobSpec.named("report"), (progress) -> null);
		}

		@PostMapping("/later-reports")
		public Mono<JobHandle> later(ProgressTracker tracker) {
			return Mono.fromSupplier(() -> report(tracker));
		}

		@Bean
		CallerResolver callers() {
			return (exchange) -> Mono.just(caller(exchange.getRequest().getHeaders().getFirst("X-User")));
		}

		private static Caller caller(@Nullable String name) {
			Principal principal = () -> String.valueOf(name);
			return (name != null) ? new Caller(principal, () -> false) : Caller.UNKNOWN;
		}

		@Bean
		JobRetry retry() {
			return (job, caller) -> Mono.just(JobId.of("again"));
		}

	}

}
