package io.progress.sse.web;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.ProgressTracker;
import io.progress.sse.web.access.JobAccessPolicy;

/**
 * Users of an application with nothing but progress-sse. Some names are like others, and
 * some are like words that mean something else.
 */
@Tag("protocol")
@Timeout(60)
class OwnJobsOnlyTests extends OwnJobsContract {

	private TestServer server;

	@BeforeEach
	void start() {
		this.server = TestServer.start(new Class<?>[] { Administrators.class });
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Override
	protected int port() {
		return this.server.port();
	}

	@Override
	protected ProgressTracker tracker() {
		return this.server.bean(ProgressTracker.class);
	}

	@Override
	protected List<String> users() {
		return List.of("alice", "Alice", "alice2", "bob", "a", "~", "null");
	}

	@Override
	protected String administrator() {
		return "root";
	}

	@Override
	protected String signIn(String user) {
		return "X-Test-User: " + user;
	}

	@Configuration(proxyBeanMethods = false)
	static class Administrators {

		@Bean
		JobAccessPolicy policy() {
			return JobAccessPolicy.owners().orAdministrators((caller) -> caller.getName().equals("root"));
		}

	}

}
