package io.progress.sse.aop;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.progress.sse.autoconfigure.ProgressAutoConfiguration;
import io.progress.sse.jackson.ProgressJacksonAutoConfiguration;

/**
 * An application with tracked methods.
 */
final class TrackedApplication {

	private TrackedApplication() {
	}

	static ApplicationContextRunner with(Class<?>... userConfigurations) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
					ProgressAutoConfiguration.class, ProgressJacksonAutoConfiguration.class,
					TrackProgressAutoConfiguration.class))
			.withUserConfiguration(userConfigurations)
			.withBean(RecordedJobs.class);
	}

}
