package io.progress.sse.autoconfigure;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;

import io.progress.sse.CurrentUser;
import io.progress.sse.JobIdGenerator;
import io.progress.sse.JobListener;
import io.progress.sse.ProgressDataMapper;
import io.progress.sse.ProgressErrorMapper;
import io.progress.sse.engine.ProgressTrackerBuilder;

/**
 * Hands the beans of the application to a tracker. Customizers are called last, so they
 * win.
 */
final class ProgressTrackerBuilderConfigurer {

	private final ObjectProvider<Clock> clock;

	private final ObjectProvider<JobIdGenerator> idGenerator;

	private final ObjectProvider<CurrentUser> currentUser;

	private final ObjectProvider<ProgressDataMapper> dataMapper;

	private final ObjectProvider<ProgressErrorMapper> errorMappers;

	private final ObjectProvider<JobListener> listeners;

	private final ObjectProvider<ProgressTrackerBuilderCustomizer> customizers;

	ProgressTrackerBuilderConfigurer(ObjectProvider<Clock> clock, ObjectProvider<JobIdGenerator> idGenerator,
			ObjectProvider<CurrentUser> currentUser, ObjectProvider<ProgressDataMapper> dataMapper,
			ObjectProvider<ProgressErrorMapper> errorMappers, ObjectProvider<JobListener> listeners,
			ObjectProvider<ProgressTrackerBuilderCustomizer> customizers) {
		this.clock = clock;
		this.idGenerator = idGenerator;
		this.currentUser = currentUser;
		this.dataMapper = dataMapper;
		this.errorMappers = errorMappers;
		this.listeners = listeners;
		this.customizers = customizers;
	}

	ProgressTrackerBuilder configure(ProgressTrackerBuilder builder) {
		this.clock.ifUnique(builder::clock);
		this.idGenerator.ifUnique(builder::idGenerator);
		this.currentUser.ifUnique(builder::currentUser);
		this.dataMapper.ifUnique(builder::dataMapper);
		this.errorMappers.orderedStream().forEach(builder::errorMapper);
		this.listeners.orderedStream().forEach(builder::listener);
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder;
	}

}
