package io.progress.sse.security;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Carries the user of a request, and the request itself, to the threads of Reactor's
 * schedulers and of {@code @Async}, so that the jobs that these start have an owner. Only
 * if the necessary libraries are on the class path and the application has users; the
 * application's own settings win.
 */
final class ContextPropagationDefaults implements EnvironmentPostProcessor {

	private static final Map<String, Object> DEFAULTS = Map.of("spring.reactor.context-propagation", "auto",
			"spring.task.execution.propagate-context", "true");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (isPresent("io.micrometer.context.ContextSnapshotFactory", application)
				&& isPresent("org.springframework.security.core.context.SecurityContext", application)) {
			environment.getPropertySources().addLast(new MapPropertySource("progressContextPropagation", DEFAULTS));
		}
	}

	private static boolean isPresent(String type, SpringApplication application) {
		return ClassUtils.isPresent(type, application.getClassLoader());
	}

}
