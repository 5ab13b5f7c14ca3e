package io.progress.sse.autoconfigure;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.JobExecutor;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * Auto-configuration of the meters of jobs, their threads, and the in-memory store.
 */
@AutoConfiguration(before = ProgressAutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@EnableConfigurationProperties(MetricsProperties.class)
public final class ProgressMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	JobMeters progressJobMeters(MeterRegistry registry, MetricsProperties properties) {
		return new JobMeters(registry, properties.jobNames());
	}

	@Bean
	MeterBinder progressTrackerMeters(ObjectProvider<ProgressTracker> tracker) {
		return (registry) -> tracker.ifAvailable((engine) -> {
			Gauge.builder("progress.sse.outbox.waiting", engine, (each) -> each.stats().waitingEvents())
				.description("Events that wait for the store")
				.baseUnit("events")
				.register(registry);
			FunctionCounter.builder("progress.sse.outbox.conflated", engine, (each) -> each.stats().conflatedEvents())
				.description("Ticks that were replaced by newer ones before they were stored")
				.baseUnit("events")
				.register(registry);
			FunctionCounter.builder("progress.sse.outbox.dropped", engine, (each) -> each.stats().droppedEvents())
				.description("Events that were dropped because the queue was full, or that the store rejected")
				.baseUnit("events")
				.register(registry);
			FunctionCounter.builder("progress.sse.reporter.late", engine, (each) -> each.stats().lateCalls())
				.description("Calls on a reporter whose job had ended")
				.baseUnit("calls")
				.register(registry);
			FunctionCounter.builder("progress.sse.reporter.refused", engine, (each) -> each.stats().refusedCalls())
				.description("Calls on a reporter with an invalid number")
				.baseUnit("calls")
				.register(registry);
			FunctionCounter.builder("progress.sse.reporter.stray", engine, (each) -> each.stats().strayCalls())
				.description("Reports on threads that work on no job, while jobs ran")
				.baseUnit("calls")
				.register(registry);
		});
	}

	@Bean
	MeterBinder progressStoreMeters(ObjectProvider<ProgressTracker> tracker) {
		return (registry) -> tracker.ifAvailable((engine) -> {
			TimeGauge
				.builder("progress.sse.outbox.age", engine, TimeUnit.NANOSECONDS,
						(each) -> each.oldestWaiting().toNanos())
				.description("Age of the oldest event that the store has not taken")
				.register(registry);
			FunctionCounter
				.builder("progress.sse.events.published", engine, (each) -> each.storeStats().publishedEvents())
				.description("Events that the store has taken")
				.register(registry);
			FunctionTimer
				.builder("progress.sse.store.append", engine, (each) -> each.storeStats().answers(),
						(each) -> each.storeStats().answerTime().toNanos(), TimeUnit.NANOSECONDS)
				.description("Time in which the store answers a batch of events")
				.register(registry);
		});
	}

	@Bean
	MeterBinder progressExecutorMeters(ObjectProvider<JobThreads> threads) {
		return (registry) -> threads.ifAvailable((each) -> {
			JobExecutor own = each.own();
			if (own != null) {
				Gauge.builder("progress.sse.executor.active", own, JobExecutor::active)
					.description("Started jobs that are running")
					.baseUnit("jobs")
					.register(registry);
				Gauge.builder("progress.sse.executor.queued", own, JobExecutor::queued)
					.description("Started jobs that wait for a thread")
					.baseUnit("jobs")
					.register(registry);
				FunctionCounter.builder("progress.sse.executor.refused", own, JobExecutor::refused)
					.description("Jobs that were not started because too many waited")
					.baseUnit("jobs")
					.register(registry);
			}
		});
	}

	@Bean
	MeterBinder progressCancelMeters(ObjectProvider<CancelThreads> threads) {
		return (registry) -> threads.ifAvailable((each) -> {
			JobExecutor executor = each.executor();
			Gauge.builder("progress.sse.cancel.active", executor, JobExecutor::active)
				.description("Jobs whose cancel actions are running")
				.baseUnit("jobs")
				.register(registry);
			Gauge.builder("progress.sse.cancel.queued", executor, JobExecutor::queued)
				.description("Jobs whose cancel actions wait for a thread")
				.baseUnit("jobs")
				.register(registry);
			FunctionCounter.builder("progress.sse.cancel.refused", executor, JobExecutor::refused)
				.description("Attempts to run cancel actions that were refused because too many waited")
				.baseUnit("attempts")
				.register(registry);
		});
	}

	@Bean
	MeterBinder progressMemoryMeters(ObjectProvider<InMemoryProgressEventStore> store) {
		return (registry) -> store.ifAvailable((memory) -> {
			Gauge.builder("progress.sse.memory.jobs", memory, InMemoryProgressEventStore::jobs)
				.description("Jobs kept in memory")
				.baseUnit("jobs")
				.register(registry);
			FunctionCounter.builder("progress.sse.memory.evictions", memory, InMemoryProgressEventStore::evictions)
				.description("Ended jobs that were removed early to make room")
				.baseUnit("jobs")
				.register(registry);
			FunctionCounter.builder("progress.sse.memory.unlisted", memory, InMemoryProgressEventStore::unlistedJobs)
				.description("Jobs that were removed from a list that is full of newer ones")
				.baseUnit("jobs")
				.register(registry);
			FunctionCounter
				.builder("progress.sse.memory.milestones.dropped", memory,
						InMemoryProgressEventStore::droppedMilestones)
				.description("Milestones that were removed to make room for newer ones")
				.register(registry);
		});
	}

}
