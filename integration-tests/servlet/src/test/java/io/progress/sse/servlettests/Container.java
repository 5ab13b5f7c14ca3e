package io.progress.sse.servlettests;

import java.util.stream.Stream;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The servlet containers. Both are on the class path; Boot takes Tomcat if it may.
 */
public enum Container {

	/** Apache Tomcat. */
	TOMCAT("org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration"),

	/** Eclipse Jetty. */
	JETTY("org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration");

	private final String excluded;

	Container(String excluded) {
		this.excluded = excluded;
	}

	public ConfigurableApplicationContext start(Class<?> application, String... properties) {
		return new SpringApplicationBuilder(application).properties(Stream
			.concat(Stream.of("server.port=0", "spring.autoconfigure.exclude=" + this.excluded), Stream.of(properties))
			.toArray(String[]::new)).run();
	}

	public static int port(ConfigurableApplicationContext context) {
		return ((WebServerApplicationContext) context).getWebServer().getPort();
	}

}
