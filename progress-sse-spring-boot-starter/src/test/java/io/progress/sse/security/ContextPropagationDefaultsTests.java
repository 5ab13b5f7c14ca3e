package io.progress.sse.security;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class ContextPropagationDefaultsTests {

	private static final String REACTOR = "spring.reactor.context-propagation";

	private static final String TASKS = "spring.task.execution.propagate-context";

	@Test
	void areSetWhereThereMayBeUsers() {
		MockEnvironment environment = process(new MockEnvironment());
		assertThat(environment.getProperty(REACTOR)).isEqualTo("auto");
		assertThat(environment.getProperty(TASKS)).isEqualTo("true");
	}

	@Test
	void giveWayToTheApplicationsOwnSettings() {
		MockEnvironment environment = process(
				new MockEnvironment().withProperty(REACTOR, "limited").withProperty(TASKS, "false"));
		assertThat(environment.getProperty(REACTOR)).isEqualTo("limited");
		assertThat(environment.getProperty(TASKS)).isEqualTo("false");
	}

	@Test
	void areNotSetWithoutTheMeansOrWithoutUsers() {
		assertThat(process(new MockEnvironment(), "io.micrometer.context").getProperty(REACTOR)).isNull();
		assertThat(process(new MockEnvironment(), "org.springframework.security").getProperty(TASKS)).isNull();
	}

	private static MockEnvironment process(MockEnvironment environment, String... absent) {
		SpringApplication application = new SpringApplication(
				new DefaultResourceLoader(new FilteredClassLoader(absent)), Object.class);
		new ContextPropagationDefaults().postProcessEnvironment(environment, application);
		return environment;
	}

}
