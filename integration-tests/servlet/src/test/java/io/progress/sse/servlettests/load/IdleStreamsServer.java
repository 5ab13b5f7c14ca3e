package io.progress.sse.servlettests.load;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import org.apache.catalina.connector.Connector;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.servlettests.Container;
import io.progress.sse.stream.admission.EventStreams;

/**
 * An application with a hundred jobs that nothing happens to.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(IdleStreamsServer.Ping.class)
final class IdleStreamsServer {

	static final int JOBS = 100;

	public static void main(String[] args) throws Exception {
		ConfigurableApplicationContext context = Container.valueOf(args[0])
			.start(IdleStreamsServer.class, Arrays.copyOfRange(args, 1, args.length));
		for (int i = 0; i < JOBS; i++) {
			context.getBean(ProgressTracker.class).open(JobSpec.named("idle").withId(JobId.of("idle-" + i))).begin();
		}
		BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String question = questions.readLine(); question != null; question = questions.readLine()) {
			System.out.println(question + "=" + switch (question) {
				case "port" -> Container.port(context);
				case "streams" -> context.getBean(EventStreams.class).streams();
				default -> heap();
			});
		}
	}

	@Bean
	static WebServerFactoryCustomizer<TomcatServletWebServerFactory> connector(Environment environment) {
		Map<String, String> settings = Binder.get(environment)
			.bind("connector", Bindable.mapOf(String.class, String.class))
			.orElse(Map.of());
		return (factory) -> factory
			.addConnectorCustomizers((connector) -> settings.forEach((name, value) -> set(connector, name, value)));
	}

	private static void set(Connector connector, String name, String value) {
		if (!connector.setProperty(name, value)) {
			throw new IllegalArgumentException("Tomcat's connector has no property '" + name + "'");
		}
	}

	private static long heap() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/** An ordinary request. */
	@RestController
	static class Ping {

		@GetMapping("/ping")
		String ping() {
			return "pong";
		}

	}

}
