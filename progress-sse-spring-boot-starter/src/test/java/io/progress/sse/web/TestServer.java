package io.progress.sse.web;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import io.progress.sse.event.JobInfo;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * An application with nothing but progress-sse.
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
		return new TestServer(new SpringApplicationBuilder(Application.class, serverConfiguration()).sources(sources)
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

	TestJob job(JobInfo info) {
		return new TestJob(this.context.getBean(InMemoryProgressEventStore.class), info);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * What differs from server to server: these tests also run in servlet containers.
	 */
	private static Class<?> serverConfiguration() {
		return ClassUtils.resolveClassName(System.getProperty("test.server", "io.progress.sse.web.NettyServer"), null);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
