package io.progress.sse.batch;

import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

import io.progress.sse.CurrentUser;
import io.progress.sse.ProgressTracker;
import io.progress.sse.autoconfigure.ProgressAutoConfiguration;

/**
 * Auto-configuration of jobs for the executions of Spring Batch.
 */
@AutoConfiguration(after = ProgressAutoConfiguration.class,
		afterName = { "org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration",
				"org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration",
				"org.springframework.boot.batch.data.mongodb.autoconfigure.BatchDataMongoAutoConfiguration" })
@ConditionalOnClass(AbstractJob.class)
@ConditionalOnBean({ JobRepository.class, ProgressTracker.class })
@ConditionalOnBooleanProperty(name = "progress.sse.batch.enabled", matchIfMissing = true)
@EnableConfigurationProperties(BatchSettings.class)
public final class ProgressBatchAutoConfiguration {

	/**
	 * Post-processors are made before all other beans, so this one gets the others when
	 * it needs them.
	 */
	@Bean
	static BatchPostProcessor progressBatchPostProcessor(ObjectProvider<BatchRuns> runs, ObjectProvider<StepRuns> steps,
			ObjectProvider<JobRegistry> jobs, ObjectProvider<ProgressTracker> tracker,
			ObjectProvider<CurrentUser> user) {
		BatchThreads threads = new BatchThreads();
		BatchAttachment attachment = new BatchAttachment(runs::getObject, steps::getObject, threads);
		return new BatchPostProcessor(attachment,
				new LaunchInterceptor(attachment, threads, jobs::getIfAvailable, tracker::getObject, () -> {
					CurrentUser current = user.getIfUnique();
					return (current != null) ? current.name() : null;
				}));
	}

	@Bean
	BatchThreads progressBatchThreads(BatchPostProcessor processor) {
		return processor.threads();
	}

	@Bean
	BatchRegistry progressBatchRegistry() {
		return new BatchRegistry();
	}

	@Bean
	BatchStop progressBatchStop(ObjectProvider<JobOperator> operator, JobRepository repository,
			BatchRegistry registry) {
		return new BatchStop(operator::getObject, repository, registry);
	}

	@Bean
	BatchRuns progressBatchRuns(ProgressTracker tracker, JobRepository repository, BatchStop stop,
			BatchRegistry registry, BatchThreads threads, BatchSettings settings, ApplicationEventPublisher events) {
		return new BatchRuns(tracker, repository, stop, registry, threads, settings, events);
	}

	@Bean
	StepRuns progressBatchSteps(BatchRuns runs, BatchThreads threads, ObjectProvider<BatchTotals> totals) {
		return new StepRuns(runs, threads, new StepTotals(totals.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnMissingBean
	BatchJobs progressBatchJobs(BatchRegistry registry, JobRepository repository, BatchSettings settings) {
		return new RepositoryBatchJobs(registry, repository, settings);
	}

}
