package io.progress.sse.autoconfigure;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;

import io.progress.sse.CurrentUser;
import io.progress.sse.JobIdGenerator;
import io.progress.sse.JobListener;
import io.progress.sse.ProgressDataMapper;
import io.progress.sse.ProgressErrorMapper;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.store.LeasedProgressEventStore;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * Auto-configuration of the tracker, and of an in-memory store if there is no other
 * store.
 */
@AutoConfiguration
@Import({ RedisMissingConfiguration.class, WebhooksMissingConfiguration.class })
@EnableConfigurationProperties({ ProgressProperties.class, ProgressStoreProperties.class })
public final class ProgressAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(ProgressEventStore.class)
	InMemoryProgressEventStore progressEventStore(ProgressStoreProperties properties, ObjectProvider<Clock> clock) {
		return InMemoryProgressEventStore.builder()
			.clock(clock.getIfUnique(Clock::systemUTC))
			.eventsPerJob(properties.eventsPerJob())
			.milestonesPerJob(properties.milestonesPerJob())
			.maxJobs(properties.memory().maxJobs())
			.jobsPerOwner(properties.jobsPerOwner())
			.eventRetention(properties.retention().events())
			.resultRetention(properties.retention().result())
			.build();
	}

	@Bean
	JobThreads progressJobThreads(ProgressProperties properties, ObjectProvider<TaskDecorator> decorators,
			ConfigurableApplicationContext context) {
		return new JobThreads(properties.executor(), decorators.orderedStream().toList(), context);
	}

	@Bean
	CancelThreads progressCancelThreads(ProgressProperties properties) {
		return new CancelThreads(properties.cancel());
	}

	@Bean
	ProgressTrackerBuilderConfigurer progressTrackerBuilderConfigurer(ObjectProvider<Clock> clock,
			ObjectProvider<JobIdGenerator> idGenerator, ObjectProvider<CurrentUser> currentUser,
			ObjectProvider<ProgressDataMapper> dataMapper, ObjectProvider<ProgressErrorMapper> errorMappers,
			ObjectProvider<JobListener> listeners, ObjectProvider<ProgressTrackerBuilderCustomizer> customizers) {
		return new ProgressTrackerBuilderConfigurer(clock, idGenerator, currentUser, dataMapper, errorMappers,
				listeners, customizers);
	}

	@Bean
	@ConditionalOnMissingBean
	ProgressTracker progressTracker(ProgressEventStore store, ProgressProperties properties, JobThreads threads,
			CancelThreads cancelThreads, ProgressTrackerBuilderConfigurer configurer, Environment environment) {
		ProgressTrackerBuilder builder = ProgressTrackerBuilder.forStore(store)
			.node((properties.node() != null) ? properties.node() : NodeName.of(environment))
			.executor(threads.executor())
			.cancelExecutor(cancelThreads.executor())
			.publishInterval(properties.publishInterval())
			.unwatchedInterval(properties.unwatchedInterval())
			.admissionTimeout(properties.admissionTimeout())
			.flushTimeout(properties.flushTimeout())
			.outboxCapacity(properties.outbox().capacity())
			.outboxTotal(properties.outbox().total());
		return configurer.configure(builder).build();
	}

	/**
	 * In the context of the tracker, so that a child context that closes does not close
	 * the tracker of its parent.
	 */
	@Bean
	@ConditionalOnBean(value = ProgressTracker.class, search = SearchStrategy.CURRENT)
	ProgressTrackerLifecycle progressTrackerLifecycle(ProgressTracker tracker, ProgressEventStore store,
			ProgressProperties properties, ConfigurableApplicationContext context) {
		boolean othersTell = store instanceof LeasedProgressEventStore;
		return new ProgressTrackerLifecycle(tracker, properties.stopTimeout(), othersTell, context);
	}

	@Bean
	JobEventPublisher progressJobEventPublisher(ApplicationEventPublisher events) {
		return new JobEventPublisher(events);
	}

}
